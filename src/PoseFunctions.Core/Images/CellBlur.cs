namespace PoseFunctions.Core.Images;

/// <summary>Averages the values of a grid with those round them.</summary>
internal static class CellBlur
{
    /// <summary>For every cell the mean of all that are at most <paramref name="reach"/> columns and rows away and inside the grid.</summary>
    public static float[] Of(float[] values, ImageSize size, int reach)
    {
        var means = new float[values.Length];
        for (var cell = 0; cell < values.Length; cell++)
        {
            var (row, column) = (cell / size.Width, cell % size.Width);
            var (left, right) = (Math.Max(0, column - reach), Math.Min(size.Width - 1, column + reach));
            var (sum, count) = (0f, 0);
            for (var y = Math.Max(0, row - reach); y <= Math.Min(size.Height - 1, row + reach); y++)
            {
                for (var x = left; x <= right; x++)
                {
                    sum += values[(y * size.Width) + x];
                    count++;
                }
            }

            means[cell] = sum / count;
        }

        return means;
    }
}
