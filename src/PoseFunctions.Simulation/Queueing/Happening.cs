namespace PoseFunctions.Simulation.Queueing;

/// <summary>Something that happens at a time that is known beforehand.</summary>
internal enum Happening
{
    /// <summary>A worker has finished its batch.</summary>
    BatchDone,

    /// <summary>A lone image has waited long enough for company.</summary>
    WindowCloses,

    /// <summary>A new replica takes jobs.</summary>
    ReplicaReady,

    /// <summary>The platform looks at the queue.</summary>
    Look,
}
