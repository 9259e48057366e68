namespace PoseFunctions.Core.Poses;

/// <summary>A named pose that jobs can ask for.</summary>
/// <param name="Name">Lower-case name with hyphens.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Keypoints">
/// For every joint <c>[x, y]</c> or null: fractions of the body height, origin between the hips, y down.
/// </param>
public sealed record LibraryPose(string Name, string Title, string Description, IReadOnlyList<float[]?> Keypoints)
{
    /// <summary>The keypoints as a pose, in the units above.</summary>
    public Pose ToPose() => new([.. Keypoints.Select(point => point is null ? Keypoint.Missing : new Keypoint(point[0], point[1]))]);
}
