using System.Security;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.ContactSheets;

/// <summary>Writes a line of text with whatever sans-serif font the system has.</summary>
internal static class LabelPainter
{
    private const byte Ink = 225;

    /// <summary>Draws the text at the left of <paramref name="area"/>, cut off at its edges.</summary>
    public static void Draw(RgbImage canvas, string text, PixelRectangle area)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        byte[] coverage;
        int width;
        int height;
        try
        {
            using var write = new VipsOperation("text")
                .With("text", SecurityElement.Escape(text)).With("font", "sans 11").With("dpi", 72);
            using var rendered = write.RunForImage();
            (width, height) = (rendered.Width, rendered.Height);
            coverage = new byte[width * height * rendered.Bands];
            using var pinned = new PinnedMemory(coverage);
            rendered.WriteTo(pinned);
        }
        catch (VipsException)
        {
            // A slim container has no fonts. The sheet is as useful without its captions.
            return;
        }

        Blend(canvas, area, coverage, width, height);
    }

    private static void Blend(RgbImage canvas, PixelRectangle area, ReadOnlySpan<byte> coverage, int width, int height)
    {
        var top = area.Y + Math.Max(0, (area.Height - height) / 2);
        for (var y = 0; y < Math.Min(height, area.Height); y++)
        {
            var row = canvas.Row(top + y).Slice(3 * area.X, 3 * area.Width);
            for (var x = 0; x < Math.Min(width, area.Width); x++)
            {
                var weight = coverage[(y * width) + x] / 255f;
                foreach (ref var channel in row.Slice(3 * x, 3))
                {
                    channel = (byte)(channel + (weight * (Ink - channel)));
                }
            }
        }
    }
}
