using PoseFunctions.Simulation.Statistics;

namespace PoseFunctions.Simulation.Tests;

public sealed class LogHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Quantile_ManyValues_IsExactToHalfAPerCent(double share)
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 10_000).Select(_ => Math.Exp(10 * random.NextDouble()) / 1000).Order().ToArray();
        var histogram = new LogHistogram();
        foreach (var value in values)
        {
            histogram.Add(value);
        }

        var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
        Assert.InRange(histogram.Quantile(share), 0.994 * exact, 1.006 * exact);
        Assert.Equal(values.Average(), histogram.Mean, 6);
    }

    [Fact]
    public void Quantile_NothingCounted_IsZero() => Assert.Equal(0, new LogHistogram().Quantile(0.99));

    [Fact]
    public void Quantile_NobodyWaited_IsZero()
    {
        var histogram = new LogHistogram();
        histogram.Add(0);

        Assert.Equal(0, histogram.Quantile(0.5));
    }
}
