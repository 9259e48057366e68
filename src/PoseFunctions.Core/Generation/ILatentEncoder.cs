using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation;

/// <summary>The first half of a generator that comes as two graphs: describes a photo by latents.</summary>
public interface ILatentEncoder
{
    /// <summary>SHA-256 of the graph, lower-case hex: latents of another one mean nothing to the second half.</summary>
    string Hash { get; }

    /// <summary>How many numbers the latents of one photo are.</summary>
    int Length { get; }

    /// <summary>How many of them, the first ones, describe the background.</summary>
    int BackgroundLength { get; }

    /// <summary>Describes one photo.</summary>
    /// <param name="image">At native size; owned by the caller until the call ends.</param>
    /// <param name="parsing">Its parsing map at the same size; null for encoders that need none.</param>
    /// <param name="cancellationToken">Leaves the batch, and ends its run where nobody else is in it.</param>
    Task<float[]> EncodeAsync(RgbImage image, LabelMap? parsing, CancellationToken cancellationToken);
}
