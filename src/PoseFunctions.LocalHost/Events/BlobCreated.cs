namespace PoseFunctions.LocalHost.Events;

/// <summary>A block blob that was just written or replaced through the proxy, as Event Grid would tell of it.</summary>
internal sealed record BlobCreated
{
    /// <summary>Names the event; a repeated delivery carries the same one.</summary>
    public required string Id { get; init; }

    /// <summary>When the storage answered that the blob is committed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The operation that committed the blob.</summary>
    public required BlobApi Api { get; init; }

    public required string Account { get; init; }

    public required string Container { get; init; }

    /// <summary>The blob's name as the storage has it: no escapes, slashes included.</summary>
    public required string Name { get; init; }

    /// <summary>The blob's address at the proxy, its name escaped.</summary>
    public required Uri Url { get; init; }

    /// <summary>The blob's new ETag, without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>The blob's content type; null after a copy, which does not state it.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The blob's size in bytes; null where the request does not state it: after block lists and copies.</summary>
    public required long? ContentLength { get; init; }

    /// <summary>Grows, compared as a string, from one event to the next.</summary>
    public required string Sequencer { get; init; }
}
