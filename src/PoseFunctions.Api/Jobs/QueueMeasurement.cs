using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Api.Jobs;

/// <summary>The queue and the live workers at one moment.</summary>
public sealed record QueueMeasurement(DateTimeOffset At, QueueDepth Depth, IReadOnlyList<WorkerLease> Workers)
{
    /// <summary>Jobs that all workers together finished a second lately.</summary>
    public double JobsPerSecond => Workers.Sum(worker => worker.JobsPerSecond);
}
