using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Tests;

/// <summary>Services for tests: so many workers that are always there, unless a test says otherwise.</summary>
internal static class SimulatedService
{
    public const double Day = 24 * 3600;

    public static SimulationSettings With(int workers, Func<int, double> seconds, double duration = Day) => new()
    {
        Scaling = Always(workers),
        MaxBatchSize = 1,
        MaxQueueDelay = 0,
        BatchSeconds = seconds,
        Duration = duration,
    };

    private static ScalingRule Always(int workers) => new()
    {
        MinReplicas = workers,
        MaxReplicas = workers,
        MessagesPerReplica = 1,
        PollingSeconds = 30,
        ColdStartSeconds = 60,
        ScaleInAfterSeconds = 300,
    };
}
