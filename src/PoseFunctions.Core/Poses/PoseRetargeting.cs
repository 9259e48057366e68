using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Poses;

/// <summary>
/// Puts a pose of one body onto another: same size as the person in the photo, standing on the same floor, inside the picture.
/// </summary>
public static class PoseRetargeting
{
    /// <summary>Share of the picture's height and width that stays free at each edge when a pose has to be shrunk to fit.</summary>
    private const float Margin = 0.02f;

    /// <summary>A pose is never shrunk more than this to fit: a raised hand may leave the picture instead.</summary>
    private const float StrongestShrink = 0.8f;

    /// <summary>Maps <paramref name="pose"/>, in any units, to photo pixels for the body that <paramref name="person"/> shows.</summary>
    /// <param name="pose">The pose to take on.</param>
    /// <param name="person">The person in the photo, in photo pixels; has a hip and a shoulder or neck.</param>
    /// <param name="photo">Size of the photo.</param>
    public static Pose Retarget(Pose pose, Pose person, ImageSize photo)
    {
        ArgumentNullException.ThrowIfNull(pose);
        var transform = Between(pose, person, photo);
        return pose.Map((x, y) =>
        {
            var (mappedX, mappedY) = transform.Apply(x, y);
            return ((float)mappedX, (float)mappedY);
        });
    }

    /// <summary>What <see cref="Retarget"/> does to every place of the body in <paramref name="pose"/>.</summary>
    public static BodyTransform Between(Pose pose, Pose person, ImageSize photo)
    {
        ArgumentNullException.ThrowIfNull(pose);
        ArgumentNullException.ThrowIfNull(person);
        var scale = BodyLength(person) / BodyLength(pose);
        var from = Anchor(pose);
        var to = Anchor(person);
        scale *= ShrinkToFit(pose, from, to, scale, photo);
        return new(scale, from, to);
    }

    /// <summary>Neck to hips plus the longer leg: hardly changed by turning the body, and long enough to measure well.</summary>
    internal static float BodyLength(Pose pose)
    {
        var hips = Middle(pose, Joint.RightHip, Joint.LeftHip);
        var top = pose[Joint.Neck].IsMissing ? Middle(pose, Joint.RightShoulder, Joint.LeftShoulder) : Point(pose[Joint.Neck]);
        var torso = Distance(top, hips);
        var leg = Math.Max(
            Leg(pose, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle), Leg(pose, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle));

        // A cropped photo may show no whole leg; legs are on average 1.6 times as long as the torso.
        return torso + (leg > 0 ? leg : 1.6f * torso);
    }

    private static (float X, float Y) Anchor(Pose pose)
    {
        var hips = Middle(pose, Joint.RightHip, Joint.LeftHip);
        var ankles = new[] { pose[Joint.RightAnkle], pose[Joint.LeftAnkle] }.Where(ankle => !ankle.IsMissing).ToArray();
        var floor = ankles.Length > 0 ? ankles.Max(ankle => ankle.Y) : hips.Y + (0.62f * BodyLength(pose));
        return (hips.X, floor);
    }

    private static float ShrinkToFit(Pose pose, (float X, float Y) from, (float X, float Y) to, float scale, ImageSize photo)
    {
        var shrink = 1f;
        foreach (var keypoint in pose.Keypoints)
        {
            if (keypoint.IsMissing)
            {
                continue;
            }

            var (dx, dy) = ((keypoint.X - from.X) * scale, (keypoint.Y - from.Y) * scale);
            shrink = Math.Min(shrink, Room(to.X, dx, photo.Width));
            shrink = Math.Min(shrink, dy < 0 ? Room(to.Y, dy, photo.Height) : 1f);
        }

        return Math.Max(shrink, StrongestShrink);
    }

    private static float Room(float origin, float offset, float length)
    {
        var free = offset < 0 ? origin - (Margin * length) : ((1 - Margin) * length) - origin;
        var needed = Math.Abs(offset);
        return needed <= free || needed == 0 ? 1f : Math.Max(free, 0) / needed;
    }

    private static float Leg(Pose pose, Joint hip, Joint knee, Joint ankle) =>
        pose[hip].IsMissing || pose[knee].IsMissing || pose[ankle].IsMissing
            ? 0
            : Distance(Point(pose[hip]), Point(pose[knee])) + Distance(Point(pose[knee]), Point(pose[ankle]));

    private static (float X, float Y) Middle(Pose pose, Joint right, Joint left)
    {
        var (a, b) = (pose[right], pose[left]);
        return a.IsMissing ? Point(b) : b.IsMissing ? Point(a) : ((a.X + b.X) / 2, (a.Y + b.Y) / 2);
    }

    private static (float X, float Y) Point(Keypoint keypoint) => (keypoint.X, keypoint.Y);

    private static float Distance((float X, float Y) a, (float X, float Y) b) => MathF.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
