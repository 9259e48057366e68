using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Tests.Events.Proxy;

/// <summary>A server of the test's own in the emulator's place, with a source before it.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly BlobEventSource source;

    private Upstream(WebApplication server, BlobEventSource source)
    {
        this.server = server;
        this.source = source;
    }

    /// <summary>Where the proxy is reached.</summary>
    public Uri Proxy => EmulatorConnection.Parse(source.ConnectionString).BlobEndpoint;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Upstream> StartAsync(RequestDelegate handler, IBlobEventSink? sink = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        });
        var server = builder.Build();
        server.Run(handler);
        await server.StartAsync(Cancellation);
        var emulator = EmulatorConnection.Parse($"BlobEndpoint={server.Urls.Single()}/shop");
        return new Upstream(server, await BlobEventSource.StartAsync(
            emulator, new BlobEventOptions(), sink ?? new RecordingSink(), TimeProvider.System, NullLoggerFactory.Instance, Cancellation));
    }

    public Task StopServerAsync() => server.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await server.DisposeAsync();
    }
}
