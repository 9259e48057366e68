namespace PoseFunctions.LocalHost.Events.EventGrid;

/// <summary>One event in the Event Grid schema (not CloudEvents), as the blobs webhook of the host reads it.</summary>
internal sealed record EventGridEvent
{
    public required string Topic { get; init; }

    public required string Subject { get; init; }

    public required string EventType { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset EventTime { get; init; }

    public required EventGridBlob Data { get; init; }

    public string DataVersion { get; init; } = "";

    public string MetadataVersion { get; init; } = "1";
}
