using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Parsing;

/// <summary>Finds the joints of the one person in a photo.</summary>
internal sealed class KeypointDetector(PhotoModel model)
{
    private const int SquarePasses = 2;
    private const int FewestJointsOfABox = 4;

    private ModelManifest Manifest => model.Manifest;

    private float MinimumConfidence => Manifest.Decoder!.MinimumConfidence!.Value;

    /// <summary>Keypoints in continuous pixels of the photo, with their confidences however low.</summary>
    public Pose Detect(RgbImage photo, CancellationToken cancellationToken)
    {
        var joints = Look(photo, PhotoRegion.Whole(photo.Size, Manifest.NativeSize, Manifest.Fit), cancellationToken);
        for (var pass = 0; pass < SquarePasses && Manifest.Fit == PhotoFit.PersonSquare; pass++)
        {
            if (SquareRound(joints) is not { } square)
            {
                break;
            }

            joints = Look(photo, square, cancellationToken);
        }

        return ToPose(joints);
    }

    private Keypoint[] Look(RgbImage photo, PhotoRegion region, CancellationToken cancellationToken)
    {
        model.Run(photo, region, cancellationToken);
        var (heatmaps, joints, size) = model.Output(TensorRoles.Heatmaps);
        var found = Manifest.Decoder!.Type == "centerOffset"
            ? KeypointDecoders.CenterOffset(
                heatmaps.Span,
                model.Output(TensorRoles.CenterHeatmap).Values.Span,
                model.Output(TensorRoles.CenterRegression).Values.Span,
                model.Output(TensorRoles.KeypointOffset).Values.Span,
                joints,
                size.Height,
                size.Width,
                Manifest.Decoder)
            : KeypointDecoders.GaussianHeatmaps(heatmaps.Span, joints, size.Height, size.Width);
        return [.. found.Select(joint =>
        {
            var (x, y) = region.ToPhoto(joint.X, joint.Y);
            return new Keypoint(x, y, joint.Confidence);
        })];
    }

    private PhotoRegion? SquareRound(Keypoint[] joints)
    {
        var sure = joints.Where(joint => joint.Confidence >= MinimumConfidence).ToArray();
        if (sure.Length < FewestJointsOfABox)
        {
            return null;
        }

        var (left, right) = (sure.Min(joint => joint.X), sure.Max(joint => joint.X));
        var (top, bottom) = (sure.Min(joint => joint.Y), sure.Max(joint => joint.Y));
        var side = Math.Max(1.0, Math.Max(right - left, bottom - top)) * (1 + (2 * (Manifest.FitMargin ?? 0.15f)));
        return new(((left + right) / 2) - (side / 2), ((top + bottom) / 2) - (side / 2), side, side);
    }

    private Pose ToPose(Keypoint[] joints)
    {
        var keypoints = new Keypoint[Skeleton.JointCount];
        var order = Manifest.Keypoints!.Order;
        for (var i = 0; i < order.Count; i++)
        {
            if (Skeleton.JointsByName.TryGetValue(order[i], out var joint))
            {
                keypoints[(int)joint] = joints[i];
            }
        }

        if (!order.Contains(Skeleton.JointNames[(int)Joint.Neck]))
        {
            var (right, left) = (keypoints[(int)Joint.RightShoulder], keypoints[(int)Joint.LeftShoulder]);
            keypoints[(int)Joint.Neck] = new((right.X + left.X) / 2, (right.Y + left.Y) / 2, Math.Min(right.Confidence, left.Confidence));
        }

        return new(keypoints);
    }
}
