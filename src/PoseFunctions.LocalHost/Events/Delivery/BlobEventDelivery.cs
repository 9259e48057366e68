using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using PoseFunctions.LocalHost.Events.Faults;

namespace PoseFunctions.LocalHost.Events.Delivery;

/// <summary>
/// Hands queued events to the sink, several at a time, and each again while the sink refuses it. Stopping delivers what is
/// queued first, without what <see cref="BlobEventOptions.Delay"/> is left.
/// </summary>
internal sealed partial class BlobEventDelivery(
    Channel<BlobCreated> events,
    BlobEventOptions options,
    IBlobEventSink sink,
    TimeProvider clock,
    ILogger<BlobEventDelivery> logger) : BackgroundService
{
    // One event that is refused for long must not hold up the others.
    private const int Parallel = 32;

    private readonly ResiliencePipeline retry = DeliveryRetry.Create(clock);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        events.Writer.TryComplete();
        if (ExecuteTask is { } delivering)
        {
            await delivering.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!delivering.IsCompleted)
            {
                Log.StoppedEarly(logger, events.Reader.Count);
            }
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        await foreach (var blob in EventFaults.Apply(events.Reader.ReadAllAsync(stoppingToken), options, clock, stoppingToken))
        {
            if (running.Count == Parallel)
            {
                var done = await Task.WhenAny(running);
                running.Remove(done);
                await done;
            }

            running.Add(DeliverAsync(blob, stoppingToken));
        }

        await Task.WhenAll(running);
    }

    private async Task DeliverAsync(BlobCreated blob, CancellationToken cancellationToken)
    {
        try
        {
            await retry.ExecuteAsync(async token => await sink.DeliverAsync(blob, token), cancellationToken);
        }
        catch (Exception exception)
        {
            // Nobody is left to tell: the upload was answered long ago. Event Grid gives up as silently, a day later.
            Log.GivenUp(logger, blob.Container, blob.Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The time to stop is over before every event was delivered; {Waiting} or more are lost.")]
        public static partial void StoppedEarly(ILogger logger, int waiting);

        [LoggerMessage(LogLevel.Error, "The event of blob {Container}/{Name} was given up.")]
        public static partial void GivenUp(ILogger logger, string container, string name, Exception exception);
    }
}
