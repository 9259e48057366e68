using PoseFunctions.Core.Poses;

namespace PoseFunctions.Api.Views;

/// <summary>A pose of the library.</summary>
/// <param name="Name">By which targets choose it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">What it looks like.</param>
/// <param name="Keypoints">
/// For every joint <c>[x, y]</c>, or null where it is missing: fractions of the body height, origin between the hips, y down.
/// </param>
public sealed record PoseView(string Name, string Title, string Description, IReadOnlyList<float[]?> Keypoints)
{
    /// <summary>A pose as the library has it.</summary>
    public static PoseView From(LibraryPose pose) => new(pose.Name, pose.Title, pose.Description, pose.Keypoints);
}
