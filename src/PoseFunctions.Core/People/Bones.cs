using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>Distances from the parts of a body.</summary>
internal static class Bones
{
    /// <summary>Distance from the nearest bone of a part; infinite where the pose has none of them.</summary>
    public static double Distance(Pose person, string part, double x, double y)
    {
        var nearest = double.PositiveInfinity;
        foreach (var (from, to, begin, end) in BodyPart.BonesOf(part))
        {
            var (a, b) = (person[from], person[to]);
            if (!a.IsMissing && !b.IsMissing)
            {
                nearest = Math.Min(nearest, Distance(Between(a, b, begin), Between(a, b, end), x, y));
            }
        }

        return nearest;
    }

    private static (double X, double Y) Between(Keypoint a, Keypoint b, double share) =>
        (a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y)));

    private static double Distance((double X, double Y) a, (double X, double Y) b, double x, double y)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = (dx * dx) + (dy * dy);
        var along = length > 0 ? Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1) : 0;
        return double.Hypot(x - a.X - (along * dx), y - a.Y - (along * dy));
    }
}
