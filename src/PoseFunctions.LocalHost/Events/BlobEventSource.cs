using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Events.Delivery;
using PoseFunctions.LocalHost.Events.Proxy;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Events;

/// <summary>
/// A running source of blob events: a proxy on a port of its own before a storage emulator, and the delivery of an event
/// after each block blob that was committed through it.
/// </summary>
internal sealed class BlobEventSource : IAsyncDisposable
{
    private readonly WebApplication application;

    private BlobEventSource(WebApplication application, string connectionString)
    {
        this.application = application;
        ConnectionString = connectionString;
    }

    /// <summary>The emulator's connection string with the proxy for its blob endpoint.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the proxy on a free port of 127.0.0.1, and the delivery to <paramref name="sink"/>.</summary>
    /// <exception cref="OptionsValidationException">A knob is out of its range.</exception>
    public static async Task<BlobEventSource> StartAsync(
        EmulatorConnection emulator,
        BlobEventOptions options,
        IBlobEventSink sink,
        TimeProvider clock,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        Validate(options);
        var events = Channel.CreateBounded<BlobCreated>(new BoundedChannelOptions(options.Backlog) { SingleReader = true });
        var builder = BlobProxyServer.CreateBuilder(loggers);

        // Its host starts this before the listener and stops it after, so it sees what the last requests have queued.
        builder.Services.AddHostedService(_ => new BlobEventDelivery(
            events, options, sink, clock, loggers.CreateLogger<BlobEventDelivery>()));
        builder.Services.AddSingleton(services => new BlobProxy(
            services.GetRequiredService<IHttpForwarder>(),
            emulator.BlobEndpoint,
            new BlobWrites(emulator.Account, clock),
            events.Writer));

        var application = builder.Build();
        application.Run(application.Services.GetRequiredService<BlobProxy>().HandleAsync);
        await application.StartAsync(cancellationToken);
        return new BlobEventSource(application, emulator.WithBlobsAt(new Uri(application.Urls.Single())));
    }

    /// <summary>Takes no more requests and delivers what is queued.</summary>
    /// <param name="cancellationToken">Ends the delivery; what is left is lost, and the log says so.</param>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static void Validate(BlobEventOptions options)
    {
        if (new ValidateBlobEventOptions().Validate(null, options) is { Failed: true, Failures: var failures })
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(BlobEventOptions), failures);
        }
    }
}
