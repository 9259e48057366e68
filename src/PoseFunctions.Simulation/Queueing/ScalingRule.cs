namespace PoseFunctions.Simulation.Queueing;

/// <summary>How the platform decides how many replicas there are.</summary>
internal sealed record ScalingRule
{
    public required int MinReplicas { get; init; }

    public required int MaxReplicas { get; init; }

    /// <summary>Messages, waiting or worked on, for each of which groups one replica is wanted.</summary>
    public required int MessagesPerReplica { get; init; }

    /// <summary>Seconds between two looks at the queue.</summary>
    public required double PollingSeconds { get; init; }

    /// <summary>Seconds from the decision until a new replica takes jobs: machine, image, models, warm-up.</summary>
    public required double ColdStartSeconds { get; init; }

    /// <summary>Seconds for which fewer replicas must have been enough before any is taken away.</summary>
    public required double ScaleInAfterSeconds { get; init; }

    /// <summary>Replicas that the messages ask for.</summary>
    public int Wanted(int messages) =>
        Math.Clamp((int)Math.Ceiling((double)messages / MessagesPerReplica), MinReplicas, MaxReplicas);

    /// <summary>As many as one look may make of a number: the first alone, then four more or twice as many.</summary>
    public static int Reachable(int replicas) => replicas == 0 ? 1 : Math.Max(replicas + 4, 2 * replicas);
}
