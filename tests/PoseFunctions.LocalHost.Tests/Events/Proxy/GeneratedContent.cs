using System.Net;

namespace PoseFunctions.LocalHost.Tests.Events.Proxy;

/// <summary>A body that is written piece by piece; its length is stated only where it is given.</summary>
internal sealed class GeneratedContent(Func<Stream, Task> write, long? length = null) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length.HasValue;
    }
}
