using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalTriggers.Tests.Functions;

public sealed class TimerFunctions(Probe probe)
{
    [Function("Tick")]
    [FixedDelayRetry(2, "00:00:00")]
    public Task TickAsync(
        [TimerTrigger("%Schedule%", RunOnStartup = true)] TimerInfo timer, FunctionContext context, CancellationToken cancellationToken) =>
        timer.ScheduleStatus is null
            ? throw new InvalidOperationException("There is no schedule.")
            : probe.CallAsync($"tick {context.RetryContext.RetryCount}", cancellationToken);

    [Function("Warm")]
    public Task WarmAsync([WarmupTrigger] object warmup, CancellationToken cancellationToken) => probe.CallAsync("warm", cancellationToken);
}
