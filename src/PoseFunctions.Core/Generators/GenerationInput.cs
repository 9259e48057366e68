using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generators;

/// <summary>What a generator needs for one generated image; everything in pixels of its native size.</summary>
/// <param name="SourceImage">The source image at native size; owned by the caller until the call ends.</param>
/// <param name="SourcePose">Keypoints in the source image.</param>
/// <param name="TargetPose">Keypoints that the person shall have in the generated image.</param>
public sealed record GenerationInput(RgbImage SourceImage, Pose SourcePose, Pose TargetPose);
