namespace PoseFunctions.Simulation.Queueing;

/// <summary>What is simulated, apart from the traffic.</summary>
internal sealed record SimulationSettings
{
    public required ScalingRule Scaling { get; init; }

    /// <summary>Images that a job has, all of which arrive with it.</summary>
    public int ImagesPerJob { get; init; } = 1;

    /// <summary>Most images in one run of the generator.</summary>
    public required int MaxBatchSize { get; init; }

    /// <summary>Longest time in seconds that a lone image waits for company; 0 starts at once.</summary>
    public required double MaxQueueDelay { get; init; }

    /// <summary>Seconds that a worker is busy with a batch of so many images.</summary>
    public required Func<int, double> BatchSeconds { get; init; }

    /// <summary>Length of the simulated period in seconds; jobs that are left then are still finished.</summary>
    public required double Duration { get; init; }
}
