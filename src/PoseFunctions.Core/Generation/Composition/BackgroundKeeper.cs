using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Puts the photo's own background, at its sharpness, behind a generated person.</summary>
public static class BackgroundKeeper
{
    /// <summary>
    /// Replaces pixels of <paramref name="generated"/> by those of <paramref name="photo"/>, of the same size, wherever both
    /// segmentation maps say background. Where the person stood the generator's own filling stays.
    /// </summary>
    public static void Restore(RgbImage generated, SegmentationMap after, RgbImage photo, SegmentationMap before)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(before);
        var size = generated.Size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(photo.Size, size);
        for (var y = 0; y < size.Height; y++)
        {
            var from = photo.Row(y);
            var to = generated.Row(y);
            for (var x = 0; x < size.Width; x++)
            {
                if (IsBackground(after, x, y, size) && IsBackground(before, x, y, size))
                {
                    from.Slice(3 * x, 3).CopyTo(to[(3 * x)..]);
                }
            }
        }
    }

    /// <summary>Background also one map cell around: parsing is uncertain at outlines, and a cut edge shows.</summary>
    private static bool IsBackground(SegmentationMap map, int x, int y, ImageSize size)
    {
        var (column, row) = (x * map.Size.Width / size.Width, y * map.Size.Height / size.Height);
        for (var r = Math.Max(0, row - 1); r <= Math.Min(map.Size.Height - 1, row + 1); r++)
        {
            for (var c = Math.Max(0, column - 1); c <= Math.Min(map.Size.Width - 1, column + 1); c++)
            {
                if (map.Labels[(r * map.Size.Width) + c] != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
