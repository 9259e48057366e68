using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders.Orientation;

/// <summary>Turns pixels upright as EXIF tag 0x0112 says: 1 is upright, 2 to 8 are the mirrors and quarter turns.</summary>
internal static class Upright
{
    public const int Already = 1;

    /// <summary>
    /// Takes over <paramref name="stored"/> and returns the upright image. It works on rendered pixels because a quarter turn
    /// needs all rows, which a file that is decoded top to bottom cannot give.
    /// </summary>
    public static RgbImage Turn(RgbImage stored, int orientation)
    {
        if (orientation == Already)
        {
            return stored;
        }

        using (stored)
        {
            using var pixels = Pixels.Wrap(stored);
            using var tagged = pixels.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", orientation));
            using var upright = tagged.Autorot();
            return Pixels.Render(upright);
        }
    }
}
