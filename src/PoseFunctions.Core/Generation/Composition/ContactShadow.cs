using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Darkens the floor softly where a person stands on it: without, they would seem to float.</summary>
internal static class ContactShadow
{
    /// <summary>How much of the light is gone where the shadow is deepest.</summary>
    private const float Depth = 0.4f;

    // Shares of the body's length, neck to ankle.
    private const double SoleBelowAnkle = 0.045;
    private const double BesideFeet = 0.1;
    private const double BeforeFeet = 0.025;

    /// <summary>In units of the shadow's half axes: farther out nothing of it can be seen.</summary>
    private const double Reach = 1.6;

    /// <summary>Paints the shadow under a pose; nothing where no foot stands inside the photo.</summary>
    /// <param name="canvas">A picture of the whole photo at any size; overwritten.</param>
    /// <param name="photo">Size of the photo.</param>
    /// <param name="pose">The person's pose in pixels of the photo.</param>
    public static void Paint(RgbImage canvas, ImageSize photo, Pose pose)
    {
        Keypoint[] ankles = [.. new[] { pose[Joint.RightAnkle], pose[Joint.LeftAnkle] }.Where(ankle => !ankle.IsMissing)];
        if (ankles.Length == 0)
        {
            return;
        }

        var length = PoseRetargeting.BodyLength(pose);
        var (left, right) = (ankles.Min(ankle => ankle.X), ankles.Max(ankle => ankle.X));
        var (far, near) = (ankles.Min(ankle => ankle.Y), ankles.Max(ankle => ankle.Y));
        var floor = near + (SoleBelowAnkle * length);
        if (floor >= photo.Height || right < 0 || left >= photo.Width)
        {
            return;
        }

        // A foot in the air, as in walking, has its shadow on the same floor: only half of its height counts.
        Darken(
            canvas,
            (double)canvas.Size.Width / photo.Width,
            ((left + right) / 2, floor - ((near - far) / 4)),
            (((right - left) / 2) + (BesideFeet * length), ((near - far) / 4) + (BeforeFeet * length)));
    }

    private static void Darken(RgbImage canvas, double scale, (double X, double Y) centre, (double X, double Y) axes)
    {
        var (firstRow, lastRow) = Between(centre.Y - (Reach * axes.Y), centre.Y + (Reach * axes.Y), scale, canvas.Size.Height);
        var (firstColumn, lastColumn) = Between(centre.X - (Reach * axes.X), centre.X + (Reach * axes.X), scale, canvas.Size.Width);
        for (var row = firstRow; row < lastRow; row++)
        {
            var line = canvas.Row(row);
            var down = (((row + 0.5) / scale) - centre.Y) / axes.Y;
            for (var column = firstColumn; column < lastColumn; column++)
            {
                var across = (((column + 0.5) / scale) - centre.X) / axes.X;
                var light = 1 - (Depth * Math.Exp(-2 * ((across * across) + (down * down))));
                foreach (ref var channel in line.Slice(3 * column, 3))
                {
                    channel = (byte)((channel * light) + 0.5);
                }
            }
        }
    }

    private static (int First, int Last) Between(double start, double end, double scale, int pixels) =>
        ((int)Math.Clamp(start * scale, 0, pixels), (int)Math.Clamp(Math.Ceiling(end * scale), 0, pixels));
}
