namespace PoseFunctions.Api.Views;

/// <summary>The pose library.</summary>
/// <param name="Joints">Names of the joints, in the order of every pose's keypoints.</param>
/// <param name="Poses">The poses, in the order of presentation.</param>
public sealed record PoseListView(IReadOnlyList<string> Joints, IReadOnlyList<PoseView> Poses);
