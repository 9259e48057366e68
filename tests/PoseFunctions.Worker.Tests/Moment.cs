namespace PoseFunctions.Worker.Tests;

/// <summary>Where a job can be when something happens to it.</summary>
public enum Moment
{
    /// <summary>Submitted; no event was delivered.</summary>
    Accepted,

    /// <summary>Its first photo is parsed, and what was found is not stored yet.</summary>
    Parsing,

    /// <summary>What was found is stored, and the record does not know it yet.</summary>
    Kept,

    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>The first result is about to be written.</summary>
    Running,

    /// <summary>The first result is written, and the record does not know it yet.</summary>
    Stored,

    /// <summary>Done.</summary>
    Succeeded,
}
