using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>Where the service wants the joints of a target, in pixels of the photo.</summary>
internal sealed class TargetJoints(TransferService service)
{
    private readonly PoseLibrary library = service.Get<PoseLibrary>();

    /// <summary>[x, y] of each of the 18 joints; null for one that the target has not. Joints may lie outside the photo.</summary>
    public IReadOnlyList<float[]?> Of(TargetPose target, ParsedPhoto photo) => target.Pose is { } name
        ? [.. PoseRetargeting.Retarget(library.Get(name).ToPose(), photo.Person.Pose, photo.PhotoSize).Keypoints.ToArray()
            .Select(joint => joint.IsMissing ? null : new[] { joint.X, joint.Y })]
        : [.. target.Keypoints!.Select(point => TargetPose.IsMissing(point)
            ? null
            : new[] { point![0] * photo.PhotoSize.Width, point[1] * photo.PhotoSize.Height })];
}
