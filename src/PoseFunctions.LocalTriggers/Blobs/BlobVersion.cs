namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>One version of a blob as one process knows it.</summary>
/// <param name="name">The blob's name.</param>
/// <param name="etag">Its version.</param>
internal sealed class BlobVersion(string name, string etag)
{
    private volatile bool busy;

    public string Name => name;

    public string ETag => etag;

    /// <summary>The scan that last saw it.</summary>
    public long SeenInScan { get; set; }

    /// <summary>When to look at it (again); the end of time once it is done.</summary>
    public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Whether its function runs, or is about to.</summary>
    public bool IsBusy => busy;

    public bool IsDue(DateTimeOffset now) => !busy && DueAt <= now;

    public void Begin() => busy = true;

    public void Done() => TryAgainAt(DateTimeOffset.MaxValue);

    public void TryAgainAt(DateTimeOffset time)
    {
        DueAt = time;
        busy = false;
    }
}
