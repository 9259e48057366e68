using PoseFunctions.Simulation.Statistics;

namespace PoseFunctions.Simulation.Queueing;

/// <summary>What became of the jobs that arrived in one hour.</summary>
internal sealed class HourReport
{
    public LogHistogram Waits { get; } = new();

    /// <summary>Seconds for which replicas were paid in this hour.</summary>
    public double ReplicaSeconds { get; set; }
}
