namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>The <c>extensions</c> of host.json.</summary>
internal sealed record HostExtensions
{
    public HttpSettings Http { get; set; } = new();

    public BlobSettings Blobs { get; set; } = new();

    public QueueSettings Queues { get; set; } = new();
}
