using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Http;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>The port on which workers connect, over HTTP/2 without TLS.</summary>
internal sealed class WorkerGateway : IHostedService, IAsyncDisposable
{
    private readonly WebApplication server;

    public WorkerGateway(WorkerChannels channels, ILoggerFactory loggers)
    {
        var builder = LoopbackServer.CreateBuilder(loggers, 0, HttpProtocols.Http2);
        builder.Services.AddSingleton(channels);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        server = builder.Build();
        server.MapGrpcService<FunctionRpcService>();
    }

    /// <summary>Where it listens; once started.</summary>
    public Uri Address => new(server.Urls.Single());

    public Task StartAsync(CancellationToken cancellationToken) => server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
