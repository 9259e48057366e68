using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>What all results of a job are painted on, and take their detail from; both at output size.</summary>
/// <param name="Background">The picture without the person.</param>
/// <param name="Photo">The source photo as it is; null where no result takes anything from it.</param>
internal sealed record JobCanvas(RgbImage Background, RgbImage? Photo) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Background.Dispose();
        Photo?.Dispose();
    }
}
