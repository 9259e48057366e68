using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>What parsing finds in a photo, unjudged: <see cref="PersonRequirements"/> decides whether it is enough.</summary>
/// <param name="Pose">Keypoints in pixels of the photo; those below the model's minimum confidence are kept with their confidence.</param>
/// <param name="Segmentation">Body parts; covers the whole photo.</param>
public sealed record ParsedPerson(Pose Pose, SegmentationMap Segmentation);
