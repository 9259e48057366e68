using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>How one target's image is laid out.</summary>
/// <param name="Placement">Which window of the photo the generator paints.</param>
/// <param name="Pose">The person's keypoints in pixels of that frame.</param>
/// <param name="Labels">The parsing map of the frame, in labels of the generator; null for generators that need none.</param>
internal sealed record TargetLayout(FramePlacement Placement, Pose Pose, LabelMap? Labels)
{
    /// <summary>The person's keypoints in pixels of the photo.</summary>
    public Pose PoseInPhoto => Placement.ToPhoto(Pose);
}
