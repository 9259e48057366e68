namespace PoseFunctions.Simulation.Traffic;

/// <summary>
/// Jobs that arrive independently of each other, at a rate that changes with time: candidates at the highest rate, of which each is
/// kept with the probability that the rate of its moment has (thinning).
/// </summary>
internal sealed class PoissonArrivals(DailyTraffic traffic, Random random) : IArrivals
{
    private double now;

    public double Next()
    {
        do
        {
            // 1 - u lies in (0, 1]: its logarithm exists.
            now -= Math.Log(1 - random.NextDouble()) / traffic.PeakRate;
        }
        while (now < traffic.Duration && random.NextDouble() * traffic.PeakRate > traffic.RateAt(now));
        return now < traffic.Duration ? now : double.PositiveInfinity;
    }
}
