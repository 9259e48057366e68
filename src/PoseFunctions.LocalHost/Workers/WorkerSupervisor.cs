using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Keeps one worker process of an app running, until it is stopped.</summary>
internal sealed partial class WorkerSupervisor(
    FunctionApp app, WorkerLauncher launcher, TimeProvider time, ILogger<WorkerSupervisor> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A process that closes its connection is ending, unless it hangs.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<WorkerStartException> givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Worker> ready = NotReady();
    private Task supervision = Task.CompletedTask;

    /// <summary>Ends where workers start, but keep ending by themselves soon after: with the reason that the last one gave.</summary>
    public Task<WorkerStartException> GivenUp => givenUp.Task;

    /// <summary>Starts the first worker.</summary>
    /// <exception cref="WorkerStartException">It cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var worker = await launcher.LaunchAsync(app, cancellationToken);
        ready.SetResult(worker);
        supervision = SuperviseAsync(worker);
    }

    /// <summary>The worker that is ready, which may take the time of a start.</summary>
    /// <exception cref="WorkerLostException">The host is stopping, and there will be none.</exception>
    public async Task<Worker> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var offer = Volatile.Read(ref ready);
            var worker = await offer.Task.WaitAsync(cancellationToken);
            if (!worker.Lost.IsCompleted)
            {
                return worker;
            }

            Withdraw(offer);
        }
    }

    /// <summary>Ends the worker, and does not replace it.</summary>
    /// <param name="patience">How long it may take to end by itself.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        await stopping.CancelAsync();
        if (ready.Task.IsCompletedSuccessfully)
        {
            await (await ready.Task).StopAsync(patience, time);
        }

        await supervision;
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private async Task SuperviseAsync(Worker worker)
    {
        var earlyEnds = new EarlyEnds(time);
        while (true)
        {
            var offer = ready;
            earlyEnds.Ready();
            await worker.Lost;
            Withdraw(offer);
            var reason = stopping.IsCancellationRequested ? null : await worker.FindReasonAsync(EndPatience, time);
            if (earlyEnds.Add(byItself: reason is not null))
            {
                givenUp.SetResult(new WorkerStartException(app.Name, reason!));
            }

            await worker.EndAsync();
            worker.Dispose();
            if (stopping.IsCancellationRequested || givenUp.Task.IsCompleted || await ReplaceAsync(worker) is not { } next)
            {
                ready.TrySetException(new WorkerLostException(app.Name));
                return;
            }

            worker = next;
            ready.SetResult(worker);
        }
    }

    /// <returns>Null where the host is stopping.</returns>
    private async Task<Worker?> ReplaceAsync(Worker lost)
    {
        Log.Lost(logger, lost.ProcessId, app.Name);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await launcher.LaunchAsync(app, stopping.Token);
            }
            catch (WorkerStartException exception)
            {
                Log.CannotStart(logger, exception.Message, pause.TotalSeconds);
                await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Whoever sees first that a worker is lost takes it back: what still got it would fail at once, and use up a try of its
    /// message for nothing.
    /// </summary>
    private void Withdraw(TaskCompletionSource<Worker> offer) => Interlocked.CompareExchange(ref ready, NotReady(), offer);

    private static TaskCompletionSource<Worker> NotReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Worker {ProcessId} of {App} is gone; another one takes its place.")]
        public static partial void Lost(ILogger logger, int processId, string app);

        [LoggerMessage(2, LogLevel.Error, "{Reason} The next try is in {Seconds} seconds.")]
        public static partial void CannotStart(ILogger logger, string reason, double seconds);
    }
}
