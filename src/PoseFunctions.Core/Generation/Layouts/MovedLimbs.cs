using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>
/// Stands in for the parsing map of an image that does not exist yet: what the source shows along each limb is laid along the
/// same limb of the target pose. Limbs that the source does not show stay away, and nobody is turned round: a map from a photo
/// of the target pose, or from a layout model, is better wherever there is one.
/// </summary>
internal static class MovedLimbs
{
    private const double CenterOfPixel = 0.5;

    /// <summary>Limbs with the distance from their axis, in body lengths (neck to hips to ankle), within which a pixel can belong to them.</summary>
    private static readonly (Joint From, Joint To, double Reach)[] Limbs =
    [
        (Joint.Neck, Joint.Nose, 0.19),
        (Joint.Neck, Joint.RightShoulder, 0.06), (Joint.Neck, Joint.LeftShoulder, 0.06),
        (Joint.Neck, Joint.RightHip, 0.13), (Joint.Neck, Joint.LeftHip, 0.13),
        (Joint.RightShoulder, Joint.RightElbow, 0.06), (Joint.LeftShoulder, Joint.LeftElbow, 0.06),
        (Joint.RightElbow, Joint.RightWrist, 0.07), (Joint.LeftElbow, Joint.LeftWrist, 0.07),
        (Joint.RightHip, Joint.RightKnee, 0.12), (Joint.LeftHip, Joint.LeftKnee, 0.12),
        (Joint.RightKnee, Joint.RightAnkle, 0.1), (Joint.LeftKnee, Joint.LeftAnkle, 0.1),
    ];

    /// <summary>The source's map in the target pose; both poses in the pixels of the map.</summary>
    public static LabelMap Move(LabelMap source, Pose from, Pose to)
    {
        var size = source.Size;

        // Keypoints of a request may leave out what a body is measured by.
        var bodyLength = PoseRetargeting.BodyLength(CanBeMeasured(to) ? to : from);
        var shrink = PoseRetargeting.BodyLength(from) / bodyLength;
        Limb[] limbs =
        [
            .. Limbs
                .Where(limb => Has(from, limb.From, limb.To) && Has(to, limb.From, limb.To))
                .Select(limb => new Limb(Axis.Of(from, limb.From, limb.To), Axis.Of(to, limb.From, limb.To), limb.Reach * bodyLength, shrink)),
        ];
        var moved = new byte[source.Labels.Length];
        for (var row = 0; row < size.Height; row++)
        {
            for (var column = 0; column < size.Width; column++)
            {
                moved[(row * size.Width) + column] = LabelAt(source, limbs, column + CenterOfPixel, row + CenterOfPixel);
            }
        }

        return new(size, moved);
    }

    private static bool Has(Pose pose, Joint one, Joint other) => !pose[one].IsMissing && !pose[other].IsMissing;

    private static bool CanBeMeasured(Pose pose) =>
        !(pose[Joint.RightHip].IsMissing && pose[Joint.LeftHip].IsMissing)
        && !(pose[Joint.Neck].IsMissing && pose[Joint.RightShoulder].IsMissing && pose[Joint.LeftShoulder].IsMissing);

    /// <summary>What the limb shows here to whose axis the place is nearest, measured by its reach; background where none shows anything.</summary>
    private static byte LabelAt(LabelMap source, Limb[] limbs, double x, double y)
    {
        var (label, nearest) = ((byte)0, 1.0);
        foreach (var limb in limbs)
        {
            var (distance, sourceX, sourceY) = limb.Trace(x, y);
            if (distance < nearest && LabelOf(source, sourceX, sourceY) is var shown and not 0)
            {
                (label, nearest) = (shown, distance);
            }
        }

        return label;
    }

    private static byte LabelOf(LabelMap map, double x, double y) => x >= 0 && y >= 0 && x < map.Size.Width && y < map.Size.Height
        ? map.Labels[((int)y * map.Size.Width) + (int)x]
        : (byte)0;

    /// <summary>A limb's axis: where it begins, its direction (of length 1; upright where it is a point), and its length.</summary>
    private readonly record struct Axis(double X, double Y, double DirectionX, double DirectionY, double Length)
    {
        public static Axis Of(Pose pose, Joint from, Joint to)
        {
            var (a, b) = (pose[from], pose[to]);
            var (dx, dy) = ((double)b.X - a.X, (double)b.Y - a.Y);
            var length = double.Hypot(dx, dy);
            return length > 0 ? new(a.X, a.Y, dx / length, dy / length, length) : new(a.X, a.Y, 0, 1, 0);
        }
    }

    /// <param name="Source">Where the limb is.</param>
    /// <param name="Target">Where it shall be.</param>
    /// <param name="Reach">How far from its axis a pixel can belong to it.</param>
    /// <param name="Shrink">Source pixels a target pixel, across the limb and beyond its ends.</param>
    private readonly record struct Limb(Axis Source, Axis Target, double Reach, double Shrink)
    {
        /// <summary>The distance of a target place from the axis, in reaches, and the place in the source that corresponds to it.</summary>
        public (double Distance, double X, double Y) Trace(double x, double y)
        {
            var (dx, dy) = (x - Target.X, y - Target.Y);
            var along = (dx * Target.DirectionX) + (dy * Target.DirectionY);
            var across = (dy * Target.DirectionX) - (dx * Target.DirectionY);
            var inside = Math.Clamp(along, 0, Target.Length);
            var beyond = along - inside;
            var sourceAlong = (Target.Length > 0 ? inside / Target.Length * Source.Length : 0) + (beyond * Shrink);
            var sourceAcross = across * Shrink;
            return (
                double.Hypot(across, beyond) / Reach,
                Source.X + (sourceAlong * Source.DirectionX) - (sourceAcross * Source.DirectionY),
                Source.Y + (sourceAlong * Source.DirectionY) + (sourceAcross * Source.DirectionX));
        }
    }
}
