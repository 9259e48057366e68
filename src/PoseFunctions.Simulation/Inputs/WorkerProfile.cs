namespace PoseFunctions.Simulation.Inputs;

/// <summary>What one worker replica of a kind does, as measured.</summary>
internal sealed record WorkerProfile
{
    public required string Name { get; init; }

    /// <summary>What it was measured on, in words.</summary>
    public required string Machine { get; init; }

    /// <summary>Jobs of one target that one worker finishes a second when many wait: everything included, not only the generator.</summary>
    public required Measured SaturatedJobsPerSecond { get; init; }

    /// <summary>The generator alone, for two batch sizes or more.</summary>
    public required IReadOnlyList<BatchMeasurement> Batches { get; init; }

    /// <summary>Command that measures <see cref="Batches"/>.</summary>
    public required string BatchesCommand { get; init; }

    /// <summary>Seconds from the start of the process until it takes jobs: models loaded and warmed up.</summary>
    public required Measured StartSeconds { get; init; }
}
