using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Recovery;

namespace PoseFunctions.Worker.Functions;

/// <summary>Every two seconds: jobs of workers that died are taken up again.</summary>
public sealed class WatchdogFunction(Watchdog watchdog)
{
    [Function("Watchdog")]
    public Task RunAsync([TimerTrigger("*/2 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        watchdog.RunAsync(cancellationToken);
}
