using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Tests;

public sealed class TrafficTests
{
    [Fact]
    public void RateAt_DayWithPeak_HasTheMeanAndThePeakThatWereAskedFor()
    {
        var traffic = new DailyTraffic(meanPerHour: 3600, peak: 4, hours: 24, peakAtHour: 18, widthHours: 1.5);
        var rates = Enumerable.Range(0, 24 * 60).Select(minute => traffic.RateAt(minute * 60.0)).ToArray();

        Assert.Equal(1, rates.Average(), 2);
        Assert.Equal((4, 18 * 60), (Math.Round(rates.Max(), 3), Array.IndexOf(rates, rates.Max())));
        Assert.All(rates, rate => Assert.True(rate > 0));
    }

    [Fact]
    public void Constructor_PeakThatTheDayCannotHold_IsRefused() =>
        Assert.Throws<SimulationException>(() => new DailyTraffic(meanPerHour: 1000, peak: 10, hours: 24, peakAtHour: 12, widthHours: 3));

    [Fact]
    public void Next_WholeDay_BringsAsManyJobsInOrderAsTheRateSays()
    {
        const double Jobs = 240_000;
        var arrivals = new PoissonArrivals(new DailyTraffic(Jobs / 24, peak: 3, hours: 24, peakAtHour: 9, widthHours: 2), new Random(11));
        var times = new List<double>();
        for (var time = arrivals.Next(); !double.IsPositiveInfinity(time); time = arrivals.Next())
        {
            times.Add(time);
        }

        // Five standard deviations of a Poisson number.
        Assert.InRange(times.Count, Jobs - (5 * Math.Sqrt(Jobs)), Jobs + (5 * Math.Sqrt(Jobs)));
        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.InRange(time, 0, 24 * 3600));
    }
}
