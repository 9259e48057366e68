namespace PoseFunctions.Core.Images;

/// <summary>Reads pictures between their pixels.</summary>
public static class BilinearSampling
{
    /// <summary>The colour at a place in continuous pixels, weighed from the four nearest; beyond the edges the outermost pixels.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="x">Column; the first pixel's centre is at 0.5.</param>
    /// <param name="y">Row, likewise.</param>
    /// <param name="pixel">Three values, overwritten.</param>
    public static void Read(RgbImage image, double x, double y, Span<byte> pixel)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (column, acrossWeight) = Cell(x, image.Size.Width);
        var (row, downWeight) = Cell(y, image.Size.Height);
        var upper = image.Row(row)[(3 * column)..];
        var lower = image.Row(Math.Min(row + 1, image.Size.Height - 1))[(3 * column)..];
        var right = column + 1 < image.Size.Width ? 3 : 0;
        for (var channel = 0; channel < 3; channel++)
        {
            var above = upper[channel] + (acrossWeight * (upper[channel + right] - upper[channel]));
            var below = lower[channel] + (acrossWeight * (lower[channel + right] - lower[channel]));
            pixel[channel] = (byte)(above + (downWeight * (below - above)) + 0.5f);
        }
    }

    /// <summary>The value at a place of a plane of numbers, in continuous cells, weighed from the four nearest.</summary>
    public static float Read(ReadOnlySpan<float> plane, ImageSize size, double x, double y)
    {
        var (column, acrossWeight) = Cell(x, size.Width);
        var (row, downWeight) = Cell(y, size.Height);
        var (right, below) = (Math.Min(column + 1, size.Width - 1), Math.Min(row + 1, size.Height - 1));
        var upper = plane.Slice(row * size.Width, size.Width);
        var lower = plane.Slice(below * size.Width, size.Width);
        var top = upper[column] + (acrossWeight * (upper[right] - upper[column]));
        var bottom = lower[column] + (acrossWeight * (lower[right] - lower[column]));
        return top + (downWeight * (bottom - top));
    }

    private static (int Cell, float Weight) Cell(double place, int length)
    {
        var center = Math.Clamp(place - 0.5, 0, length - 1);
        var cell = (int)center;
        return (cell, (float)(center - cell));
    }
}
