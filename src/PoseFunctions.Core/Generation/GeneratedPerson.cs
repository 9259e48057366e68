using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation;

/// <summary>What a generator made: the person in the target pose, in a frame of its native size.</summary>
/// <param name="Image">The generated image; disposed with this.</param>
/// <param name="Flow">Where in the source the surface of the person comes from; null for generators that do not tell.</param>
public sealed record GeneratedPerson(RgbImage Image, SurfaceFlow? Flow = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
