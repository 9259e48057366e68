using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Runs the watchdog at start and every two seconds, in every worker. Not on a timer of the host's: those wait for a lock that a host that was
/// killed leaves behind for a minute.
/// </summary>
public sealed partial class WatchdogService(Watchdog watchdog, TimeProvider clock, ILogger<WatchdogService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            // At once, for what the process before this one left.
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process is stopping.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watchdog.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next round looks again.
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Whether workers have died could not be found out.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
