using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>
/// The square of a photo in which one person is looked at: turned with the person, so that in it the head is above the hips. May
/// reach beyond the photo.
/// </summary>
/// <param name="CenterX">Column of the centre, in continuous photo pixels.</param>
/// <param name="CenterY">Row of the centre, in continuous photo pixels.</param>
/// <param name="Side">Length of a side in photo pixels, above 0.</param>
/// <param name="Angle">How far the person is turned clockwise, in radians from -pi to pi; 0 stands upright.</param>
public readonly record struct PersonSquare(double CenterX, double CenterY, double Side, double Angle)
{
    private const double Room = 1.35;

    /// <summary>
    /// The square that a detector would give for a pose: round the hips, with room for the farthest joint; it needs a hip and one
    /// other joint.
    /// </summary>
    public static PersonSquare Around(Pose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        var hips = new[] { pose[Joint.RightHip], pose[Joint.LeftHip] }.Where(hip => !hip.IsMissing).DefaultIfEmpty(pose[Joint.Neck]).ToArray();
        var (x, y) = (hips.Average(hip => hip.X), hips.Average(hip => hip.Y));
        var radius = pose.Keypoints.ToArray().Where(joint => !joint.IsMissing).Max(joint => double.Hypot(joint.X - x, joint.Y - y));
        return new(x, y, 2 * Room * Math.Max(radius, 1), 0);
    }

    /// <summary>The place in the photo of a place in the square, given as fractions of the side from the upper left corner.</summary>
    public (double X, double Y) ToPhoto(double across, double down)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        var (right, below) = ((across - 0.5) * Side, (down - 0.5) * Side);
        return (CenterX + (cosine * right) - (sine * below), CenterY + (sine * right) + (cosine * below));
    }

    /// <summary>The place in the square, as fractions of the side, of a place in the photo; outside 0 to 1 where it is outside.</summary>
    public (double Across, double Down) FromPhoto(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        var (dx, dy) = (x - CenterX, y - CenterY);
        return ((((cosine * dx) + (sine * dy)) / Side) + 0.5, (((cosine * dy) - (sine * dx)) / Side) + 0.5);
    }

    /// <summary>The same square in a copy of the photo that is so many times as large.</summary>
    public PersonSquare Scaled(double factor) => new(CenterX * factor, CenterY * factor, Side * factor, Angle);
}
