using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Timers;

/// <summary>Runs one timer function when it is due, never two runs at once.</summary>
internal sealed partial class TimerListener(
    BoundFunction function,
    Schedule schedule,
    bool runOnStartup,
    RetryDelays? retry,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILogger<TimerListener> logger) : ITriggerListener
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        try
        {
            var last = time.GetUtcNow();
            if (runOnStartup)
            {
                await RunOnceAsync(last, last);
            }

            while (true)
            {
                var now = time.GetUtcNow();
                var due = schedule.Next(last);

                // Runs that were missed while the last one took its time become a single late one.
                due = due < now && schedule.Next(due) <= now ? now : due;
                await WaitUntilAsync(due);
                await RunOnceAsync(due, last);
                last = due > last ? due : time.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due)
    {
        // A timer cannot wait for more than 49 days, and a clock that is set should be noticed.
        while (due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, signals.Stopping);
        }

        signals.Stopping.ThrowIfCancellationRequested();
    }

    private async Task RunOnceAsync(DateTimeOffset due, DateTimeOffset last)
    {
        for (var repetition = 0; ; repetition++)
        {
            var now = time.GetUtcNow();
            var info = new TimerInfo
            {
                IsPastDue = now - due > LateAfter,
                ScheduleStatus = new ScheduleStatus
                {
                    Last = last.UtcDateTime,
                    Next = schedule.Next(now).UtcDateTime,
                    LastUpdated = now.UtcDateTime,
                },
            };
            var input = new InvocationInput
            {
                TriggerValue = info,
                Retry = retry is null ? null : new InvocationRetryContext(repetition, retry.MaxRetryCount),
            };
            try
            {
                await pipeline.RunAsync(function, input, signals.Stopping).WaitAsync(signals.Abandoning);
                return;
            }
            catch (Exception exception) when (!signals.Stopping.IsCancellationRequested)
            {
                Log.Failed(logger, function.Declaration.Name, exception);
                if (retry is null || (retry.MaxRetryCount >= 0 && repetition >= retry.MaxRetryCount))
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, function.Declaration.Name, exception);
                return;
            }

            await Task.Delay(retry.Before(repetition), time, signals.Stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer function {Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
