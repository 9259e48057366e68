using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Takes a person out of a photo: where they stood, what is around them goes on.</summary>
internal static class PersonEraser
{
    /// <summary>
    /// Long side of the copy that is filled. What cannot be known is better smooth than sharp, and the time does not grow with the photo.
    /// </summary>
    private const int FilledLongSide = 256;

    /// <summary>How far round the person nothing is believed, as a share of the person's height: shadows, hair, blur.</summary>
    private const double Halo = 0.025;

    /// <summary>Replaces the person's pixels, and a halo round them.</summary>
    /// <param name="codec">Shrinks the photo.</param>
    /// <param name="image">The photo at any size; overwritten.</param>
    /// <param name="photo">The parsed photo.</param>
    /// <param name="extent">Where the person is, in pixels of the parsed photo.</param>
    public static void Erase(IImageCodec codec, RgbImage image, ParsedPhoto photo, PersonBox extent)
    {
        var size = image.Size.LongSide <= FilledLongSide ? image.Size : image.Size.WithLongSide(FilledLongSide);
        using var small = codec.Resize(image, size);
        var person = MaskOf(photo, extent, size);
        var filled = HoleFilling.Fill(small, person);
        var soft = CellBlur.Of([.. person.Select(inside => inside ? 1f : 0f)], size, reach: 1);
        for (var row = 0; row < image.Size.Height; row++)
        {
            var line = image.Row(row);
            var y = (row + 0.5) * size.Height / image.Size.Height;
            for (var column = 0; column < image.Size.Width; column++)
            {
                var x = (column + 0.5) * size.Width / image.Size.Width;
                if (BilinearSampling.Read(soft, size, x, y) is var weight and > 0)
                {
                    Blend(line.Slice(3 * column, 3), filled, size, x, y, Math.Min(1, 2 * weight));
                }
            }
        }
    }

    private static void Blend(Span<byte> pixel, float[][] filled, ImageSize size, double x, double y, float weight)
    {
        for (var channel = 0; channel < pixel.Length; channel++)
        {
            var value = BilinearSampling.Read(filled[channel], size, x, y);
            pixel[channel] = (byte)Math.Clamp(pixel[channel] + (weight * (value - pixel[channel])) + 0.5f, 0, 255);
        }
    }

    private static bool[] MaskOf(ParsedPhoto photo, PersonBox extent, ImageSize size)
    {
        var perPixel = (double)photo.PhotoSize.Width / size.Width;
        var shown = new bool[size.Width * size.Height];
        for (var cell = 0; cell < shown.Length; cell++)
        {
            shown[cell] = photo.Person.LabelAt(((cell % size.Width) + 0.5) * perPixel, ((cell / size.Width) + 0.5) * perPixel) != 0;
        }

        return Grown(shown, size, Math.Max(1, (int)Math.Ceiling(Halo * extent.Height / perPixel)));
    }

    /// <summary>The mask with everything added that is so near in row or column: a square grown in two passes.</summary>
    private static bool[] Grown(bool[] mask, ImageSize size, int reach)
    {
        var wide = new bool[mask.Length];
        var grown = new bool[mask.Length];
        for (var cell = 0; cell < mask.Length; cell++)
        {
            var (row, column) = (cell / size.Width, cell % size.Width);
            var first = (row * size.Width) + Math.Max(0, column - reach);
            wide[cell] = mask.AsSpan(first, (row * size.Width) + Math.Min(size.Width - 1, column + reach) - first + 1).Contains(true);
        }

        for (var cell = 0; cell < mask.Length; cell++)
        {
            var (row, column) = (cell / size.Width, cell % size.Width);
            for (var other = Math.Max(0, row - reach); other <= Math.Min(size.Height - 1, row + reach) && !grown[cell]; other++)
            {
                grown[cell] = wide[(other * size.Width) + column];
            }
        }

        return grown;
    }
}
