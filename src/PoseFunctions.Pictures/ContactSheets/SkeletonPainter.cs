using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Pictures.ContactSheets;

/// <summary>Draws a pose as coloured limbs with antialiased edges.</summary>
internal static class SkeletonPainter
{
    private const float LimbRadius = 2.5f;
    private const float JointRadius = 3.5f;
    private const float FigureMargin = 0.1f;

    /// <summary>Draws into <paramref name="area"/>; limbs with a missing end are left out.</summary>
    public static void Draw(RgbImage canvas, Pose pose, ImageSize? frame, PixelRectangle area)
    {
        var placed = Place(pose, frame, area);
        for (var i = 0; i < Skeleton.Limbs.Count; i++)
        {
            var (from, to) = Skeleton.Limbs[i];
            if (!placed[from].IsMissing && !placed[to].IsMissing)
            {
                DrawLine(canvas, area, placed[from], placed[to], LimbRadius, Hue((float)i / Skeleton.Limbs.Count));
            }
        }

        foreach (var joint in placed.Keypoints)
        {
            if (!joint.IsMissing)
            {
                DrawLine(canvas, area, joint, joint, JointRadius, (235, 235, 235));
            }
        }
    }

    private static Pose Place(Pose pose, ImageSize? frame, PixelRectangle area)
    {
        if (pose.PresentCount == 0)
        {
            return pose;
        }

        var (left, top, width, height) = frame is { } size ? (0f, 0f, size.Width, size.Height) : Bounds(pose);
        var scale = Math.Min(area.Width / width, area.Height / height);
        var offsetX = area.X + ((area.Width - (scale * width)) / 2);
        var offsetY = area.Y + ((area.Height - (scale * height)) / 2);
        return pose.Map((x, y) => (offsetX + (scale * (x - left)), offsetY + (scale * (y - top))));
    }

    private static (float Left, float Top, float Width, float Height) Bounds(Pose pose)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (var joint in pose.Keypoints)
        {
            if (!joint.IsMissing)
            {
                (left, right) = (Math.Min(left, joint.X), Math.Max(right, joint.X));
                (top, bottom) = (Math.Min(top, joint.Y), Math.Max(bottom, joint.Y));
            }
        }

        var margin = FigureMargin * Math.Max(Math.Max(right - left, bottom - top), 1e-3f);
        return (left - margin, top - margin, right - left + (2 * margin), bottom - top + (2 * margin));
    }

    // Coverage of a pixel falls from 1 to 0 over one pixel around the distance `radius` from the segment.
    private static void DrawLine(
        RgbImage canvas, PixelRectangle clip, Keypoint a, Keypoint b, float radius, (byte R, byte G, byte B) colour)
    {
        var reach = radius + 1;
        var left = Math.Max(clip.X, (int)(Math.Min(a.X, b.X) - reach));
        var right = Math.Min(clip.X + clip.Width - 1, (int)(Math.Max(a.X, b.X) + reach));
        var top = Math.Max(clip.Y, (int)(Math.Min(a.Y, b.Y) - reach));
        var bottom = Math.Min(clip.Y + clip.Height - 1, (int)(Math.Max(a.Y, b.Y) + reach));
        for (var y = top; y <= bottom; y++)
        {
            var row = canvas.Row(y);
            for (var x = left; x <= right; x++)
            {
                var coverage = Math.Clamp(radius + 0.5f - Distance(x + 0.5f, y + 0.5f, a, b), 0, 1);
                Blend(row.Slice(3 * x, 3), colour, coverage);
            }
        }
    }

    private static float Distance(float x, float y, Keypoint a, Keypoint b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var lengthSquared = (dx * dx) + (dy * dy);
        var along = lengthSquared == 0 ? 0 : Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / lengthSquared, 0, 1);
        return MathF.Sqrt(MathF.Pow(x - a.X - (along * dx), 2) + MathF.Pow(y - a.Y - (along * dy), 2));
    }

    private static void Blend(Span<byte> pixel, (byte R, byte G, byte B) colour, float coverage)
    {
        pixel[0] = (byte)(pixel[0] + (coverage * (colour.R - pixel[0])));
        pixel[1] = (byte)(pixel[1] + (coverage * (colour.G - pixel[1])));
        pixel[2] = (byte)(pixel[2] + (coverage * (colour.B - pixel[2])));
    }

    private static (byte R, byte G, byte B) Hue(float turn)
    {
        return (Channel(0), Channel(1 / 3f), Channel(2 / 3f));

        byte Channel(float shift) => (byte)(150 + (105 * MathF.Cos(MathF.Tau * (turn - shift))));
    }
}
