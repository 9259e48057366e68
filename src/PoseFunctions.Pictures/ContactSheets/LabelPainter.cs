using PoseFunctions.Core.Images;

namespace PoseFunctions.Pictures.ContactSheets;

/// <summary>Writes a line of small text.</summary>
internal static class LabelPainter
{
    private const byte Ink = 225;
    private const int Advance = Glyphs.Width + 1;

    /// <summary>Draws the text at the left of <paramref name="area"/>, cut off before the first character that does not fit.</summary>
    public static void Draw(RgbImage canvas, string text, PixelRectangle area)
    {
        var top = area.Y + ((area.Height - Glyphs.Height) / 2);
        var fitting = Math.Min(text.Length, (area.Width + 1) / Advance);
        for (var row = 0; row < Glyphs.Height; row++)
        {
            var pixels = canvas.Row(top + row).Slice(3 * area.X, 3 * area.Width);
            for (var x = 0; x < fitting * Advance; x++)
            {
                if (x % Advance < Glyphs.Width && Glyphs.HasDot(text[x / Advance], x % Advance, row))
                {
                    pixels.Slice(3 * x, 3).Fill(Ink);
                }
            }
        }
    }
}
