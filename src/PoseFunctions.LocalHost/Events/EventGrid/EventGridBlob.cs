namespace PoseFunctions.LocalHost.Events.EventGrid;

/// <summary>The data of a BlobCreated event: what is known of the blob. Empty properties are left out.</summary>
internal sealed record EventGridBlob
{
    public required string Api { get; init; }

    public required string ETag { get; init; }

    public required string? ContentType { get; init; }

    public required long? ContentLength { get; init; }

    public required string BlobType { get; init; }

    public required Uri Url { get; init; }

    public required string Sequencer { get; init; }
}
