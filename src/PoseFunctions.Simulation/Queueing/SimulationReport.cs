using PoseFunctions.Simulation.Statistics;

namespace PoseFunctions.Simulation.Queueing;

/// <summary>What became of the jobs.</summary>
internal sealed class SimulationReport(int hours)
{
    /// <summary>From arrival until a worker starts.</summary>
    public LogHistogram Waits { get; } = new();

    /// <summary>From arrival until the result is there.</summary>
    public LogHistogram Results { get; } = new();

    /// <summary>One for every hour of arrival.</summary>
    public IReadOnlyList<HourReport> Hours { get; } = [.. Enumerable.Range(0, hours).Select(_ => new HourReport())];

    public long Arrived { get; set; }

    public long Batches { get; set; }

    public int LargestBatch { get; set; }

    public int LongestLine { get; set; }

    public int MostReplicas { get; set; }

    public int ColdStarts { get; set; }

    /// <summary>Seconds for which replicas were paid, those that start included.</summary>
    public double ReplicaSeconds { get; set; }

    /// <summary>Seconds for which replicas were busy.</summary>
    public double BusySeconds { get; set; }
}
