namespace PoseFunctions.Simulation.Planning;

/// <summary>What things cost, in any currency: parameters, because they differ by region, contract and year.</summary>
internal sealed record Prices
{
    /// <summary>One worker replica for an hour: its GPU, cores and memory together.</summary>
    public required double ReplicaHour { get; init; }

    /// <summary>10,000 requests to storage that write.</summary>
    public required double TenThousandWrites { get; init; }

    /// <summary>10,000 requests to storage that read, and 10,000 requests to queues.</summary>
    public required double TenThousandReads { get; init; }
}
