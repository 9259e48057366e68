namespace PoseFunctions.Benchmarks;

/// <summary>Percentiles of a sample, by nearest rank.</summary>
internal static class Percentiles
{
    /// <param name="values">At least one.</param>
    /// <param name="percent">1 to 100; 50 is the median.</param>
    public static double Percentile(this IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Ceiling(percent / 100.0 * sorted.Length) - 1];
    }
}
