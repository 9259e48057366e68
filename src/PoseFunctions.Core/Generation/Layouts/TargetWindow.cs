using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>Finds the window of the photo that a target pose is painted in.</summary>
internal static class TargetWindow
{
    /// <summary>Fewer joints than this inside the photo show nobody.</summary>
    private const int FewestJoints = 4;

    /// <summary>How far a body reaches beyond its joints, as a share of its length.</summary>
    private const double BeyondJoints = 0.12;

    /// <summary>
    /// The source's own window wherever the pose fits into it; otherwise one round the pose, no smaller, so that the person's size
    /// in the frame never grows.
    /// </summary>
    /// <param name="pose">The target pose in pixels of the photo.</param>
    /// <param name="source">The photo as the generator sees it.</param>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PoseOutside"/>: hardly a joint lies inside the photo.</exception>
    public static FramePlacement For(Pose pose, FramedPhoto source)
    {
        var photo = source.Photo.PhotoSize;
        var joints = pose.Keypoints.ToArray()
            .Where(joint => !joint.IsMissing && joint.X >= 0 && joint.Y >= 0 && joint.X <= photo.Width && joint.Y <= photo.Height).ToArray();
        if (joints.Length < FewestJoints)
        {
            throw new RejectedException(
                FailureCodes.PoseOutside, $"Only {joints.Length} joints of the pose lie inside the photo; nobody would be in the picture.");
        }

        var reach = BeyondJoints * PoseRetargeting.BodyLength(source.Photo.Person.Pose);
        var box = PersonBox.Between(
            joints.Min(joint => joint.X) - reach, joints.Min(joint => joint.Y) - reach, joints.Max(joint => joint.X) + reach, joints.Max(joint => joint.Y) + reach);
        var inside = box.Within(photo) ?? box;
        return source.Placement.Window.Holds(inside) ? source.Placement : source.Placement with { Window = Round(inside, source.Placement.Window) };
    }

    private static FrameWindow Round(PersonBox box, FrameWindow source)
    {
        var scale = Math.Max(1, Math.Max(box.Width / source.Width, box.Height / source.Height));
        var (width, height) = (source.Width * scale, source.Height * scale);
        return new(Shift(source.X, source.Width, width, box.X, box.Right), Shift(source.Y, source.Height, height, box.Y, box.Bottom), width, height);
    }

    /// <summary>Where a stretch starts that holds the box and lies as near as can be to the source's.</summary>
    private static double Shift(double start, double length, double wanted, double first, double last)
    {
        var centred = start + ((length - wanted) / 2);

        // Not clamped: where the box fills the stretch, rounding puts the last place it may start at before the first.
        return Math.Min(Math.Max(centred, last - wanted), first);
    }
}
