using PoseFunctions.Core.Generation.Noise;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation;

/// <summary>What a generator is given for one generated image; everything in pixels of its native size.</summary>
/// <param name="SourceImage">The source image at native size; owned by the caller until the call ends.</param>
/// <param name="SourcePose">Keypoints in the source image.</param>
/// <param name="TargetPose">Keypoints that the person shall have in the generated image.</param>
public sealed record GenerationInput(RgbImage SourceImage, Pose SourcePose, Pose TargetPose)
{
    /// <summary>The source image's parsing map; null for generators that need none.</summary>
    public LabelMap? SourceParsing { get; init; }

    /// <summary>How the generated image shall be laid out; null for generators that need no parsing map of the target.</summary>
    public LabelMap? TargetParsing { get; init; }

    /// <summary>What <see cref="ILatentEncoder"/> made of the photo; empty for generators without one.</summary>
    public ReadOnlyMemory<float> Latents { get; init; }

    /// <summary>Which noise to draw; without meaning to generators that take none.</summary>
    public NoiseStream Noise { get; init; }
}
