using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>What all results of a job are painted on, and take their detail from.</summary>
/// <param name="Background">The picture without the person, at output size.</param>
/// <param name="Photos">The photos of the person as they are, in the order of the views; none where no result takes anything from them.</param>
internal sealed record JobCanvas(RgbImage Background, IReadOnlyList<RgbImage> Photos) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Background.Dispose();
        foreach (var photo in Photos)
        {
            photo.Dispose();
        }
    }
}
