using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Blobs;
using PoseFunctions.LocalTriggers.Http;
using PoseFunctions.LocalTriggers.Queues;
using PoseFunctions.LocalTriggers.Timers;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Hosting;

/// <summary>Starts the engine in order (bind everything, warm up, then listen) and stops it.</summary>
internal sealed partial class LocalTriggerHost(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    HttpTriggers http,
    BlobTriggers blobs,
    QueueTriggers queues,
    TimerTriggers timers,
    StopSignals signals,
    IHostApplicationLifetime lifetime,
    ILogger<LocalTriggerHost> logger) : IHostedService
{
    private Task listening = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        BoundFunction[] warmups =
        [
            .. catalog.StartedBy<WarmupTrigger>().Select(found => FunctionBinder.Bind(
                found.Function,
                new Dictionary<string, Type>(),
                parameter => parameter == found.Function.TriggerParameter ? _ => new ValueTask<object?>(new object()) : null)),
        ];
        ITriggerListener[] listeners = [.. blobs.Listeners, .. queues.Listeners, .. timers.Listeners];
        foreach (var warmup in warmups)
        {
            await WarmUpAsync(warmup, cancellationToken);
        }

        await http.StartAsync(cancellationToken);

        // Listeners run side by side with the rest of the program from here on.
        listening = Task.WhenAll(listeners.Select(listener => Task.Run(() => ListenAsync(listener), CancellationToken.None)));
        Log.Started(logger, catalog.All.Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        signals.Stop();
        await http.StopAsync(signals.Abandoning);
        await listening.WaitAsync(cancellationToken);
    }

    // A listener survives every fault of storage and functions; if one ends all the same, a host that is deaf must not go on.
    private async Task ListenAsync(ITriggerListener listener)
    {
        try
        {
            await listener.RunAsync();
        }
        catch (Exception exception)
        {
            Log.ListenerFailed(logger, listener.GetType().Name, exception);
            lifetime.StopApplication();
        }
    }

    private async Task WarmUpAsync(BoundFunction warmup, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.RunAsync(warmup, new InvocationInput(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // As on Azure: an instance that is not warm is slow, not broken.
            Log.WarmupFailed(logger, warmup.Declaration.Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Local triggers listen for {Count} functions")]
        public static partial void Started(ILogger logger, int count);

        [LoggerMessage(3, LogLevel.Critical, "{Listener} ended unexpectedly; the host stops")]
        public static partial void ListenerFailed(ILogger logger, string listener, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Warm-up function {Function} failed")]
        public static partial void WarmupFailed(ILogger logger, string function, Exception exception);
    }
}
