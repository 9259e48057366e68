using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Triggers;
using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost.Apps;

/// <summary>One app: its worker, and its listeners where it has any.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan TerminatePatience = TimeSpan.FromSeconds(5);

    private readonly GracePeriod grace;
    private Task drained = Task.CompletedTask;

    public RunningApp(FunctionApp app, WorkerLauncher launcher, GracePeriod grace, TimeProvider time, ILoggerFactory loggers)
    {
        this.grace = grace;
        App = app;
        Workers = new WorkerSupervisor(app, launcher, time, loggers.CreateLogger<WorkerSupervisor>());
        if (app.HasListeners)
        {
            var dispatcher = new TriggerDispatcher(app.Functions, Workers, grace);
            Triggers = new TriggerHost(app, dispatcher, loggers);
        }
    }

    public FunctionApp App { get; }

    public WorkerSupervisor Workers { get; }

    /// <summary>Null where the app serves HTTP only.</summary>
    public TriggerHost? Triggers { get; }

    /// <summary>Starts the worker, and then what gives it work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var worker = Workers.StartAsync(cancellationToken);

        // The process is on its way: time for the next app's, and for what the listeners need.
        await Task.Yield();
        Triggers?.Prepare();
        await worker;
        await (Triggers?.StartAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>Lets the listeners take nothing new.</summary>
    public void BeginDrain() => drained = Triggers?.DrainAsync() ?? Task.CompletedTask;

    /// <summary>Waits until nothing runs, but no longer than the grace period allows, and ends the worker.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await drained.WaitAsync(grace.Exhausted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Workers.StopAsync(TerminatePatience);

        // What ran until now has failed with the worker, and its messages are given back.
        await drained.WaitAsync(cancellationToken);
        if (Triggers is not null)
        {
            await Triggers.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Workers.DisposeAsync();
        if (Triggers is not null)
        {
            await Triggers.DisposeAsync();
        }
    }
}
