namespace PoseFunctions.Simulation.Traffic;

/// <summary>
/// A day with one peak: a constant rate with a bell on it, such that the mean over the whole period is the one that was asked for.
/// </summary>
internal sealed class DailyTraffic
{
    private const int Steps = 10_000;

    private readonly double baseRate;
    private readonly double peakAt;
    private readonly double width;

    /// <param name="meanPerHour">Jobs an hour, on average.</param>
    /// <param name="peak">The busiest moment's multiple of that, 1 for traffic without a peak.</param>
    /// <param name="hours">Length of the period.</param>
    /// <param name="peakAtHour">When the peak is highest.</param>
    /// <param name="widthHours">The bell's standard deviation.</param>
    /// <exception cref="SimulationException">Such a peak alone has more jobs than all of the period.</exception>
    public DailyTraffic(double meanPerHour, double peak, double hours, double peakAtHour, double widthHours)
    {
        Duration = hours * 3600;
        peakAt = peakAtHour * 3600;
        width = widthHours * 3600;
        PeakRate = meanPerHour * peak / 3600;
        var bell = Enumerable.Range(0, Steps).Average(step => Bell((step + 0.5) * Duration / Steps));
        baseRate = peak > 1 ? ((meanPerHour / 3600) - (PeakRate * bell)) / (1 - bell) : PeakRate;
        if (baseRate < 0)
        {
            throw new SimulationException("The peak is too wide for its height: by itself it has more jobs than the whole day.");
        }
    }

    /// <summary>Seconds.</summary>
    public double Duration { get; }

    /// <summary>Jobs a second at the busiest moment.</summary>
    public double PeakRate { get; }

    /// <summary>Jobs a second at a moment.</summary>
    public double RateAt(double seconds) => baseRate + ((PeakRate - baseRate) * Bell(seconds));

    private double Bell(double seconds) => Math.Exp(-0.5 * Math.Pow((seconds - peakAt) / width, 2));
}
