using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Recovery;

namespace PoseFunctions.Worker.Functions;

/// <summary>Every quarter of a minute: what no event or message told is found and repaired.</summary>
public sealed class SweepFunction(Sweep sweep)
{
    [Function("Sweep")]
    public Task RunAsync(
        [TimerTrigger("*/15 * * * * *", UseMonitor = false, RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync(cancellationToken);
}
