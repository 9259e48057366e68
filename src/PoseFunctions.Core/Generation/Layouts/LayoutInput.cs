using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>What a layout model is given for one predicted map; everything in pixels of its native size.</summary>
/// <param name="SourceParsing">The source image's parsing map, in the model's labels.</param>
/// <param name="SourcePose">Keypoints in the source image.</param>
/// <param name="TargetPose">Keypoints that the person shall have in the generated image.</param>
public sealed record LayoutInput(LabelMap SourceParsing, Pose SourcePose, Pose TargetPose);
