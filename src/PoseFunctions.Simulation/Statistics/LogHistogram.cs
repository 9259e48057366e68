namespace PoseFunctions.Simulation.Statistics;

/// <summary>Counts durations in buckets that grow by one per cent, so that quantiles of any number of them are exact to half a per cent.</summary>
internal sealed class LogHistogram
{
    private const double Smallest = 1e-4;
    private const double Growth = 1.01;
    private const int Buckets = 2600;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly long[] counts = new long[Buckets];
    private double sum;

    public long Count { get; private set; }

    public double Mean => Count == 0 ? 0 : sum / Count;

    public double Largest { get; private set; }

    /// <summary>Counts a duration in seconds; all below a tenth of a millisecond are alike.</summary>
    public void Add(double seconds)
    {
        var bucket = seconds < Smallest ? 0 : Math.Min(1 + (int)(Math.Log(seconds / Smallest) / LogGrowth), Buckets - 1);
        counts[bucket]++;
        Count++;
        sum += seconds;
        Largest = Math.Max(Largest, seconds);
    }

    /// <summary>The duration that a share of all does not exceed; 0 where nothing was counted.</summary>
    public double Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank)
            {
                return bucket == 0 ? 0 : Math.Min(Largest, Smallest * Math.Pow(Growth, bucket - 0.5));
            }
        }

        return 0;
    }
}
