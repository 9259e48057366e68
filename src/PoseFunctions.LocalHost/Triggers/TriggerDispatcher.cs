using System.Collections.Concurrent;
using System.Diagnostics;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>Runs the functions of one app whose listeners have found something.</summary>
internal sealed class TriggerDispatcher(
    IEnumerable<FunctionDeclaration> functions, WorkerSupervisor workers, GracePeriod grace)
{
    // Of no use to a function: it holds the means by which WebJobs itself binds.
    private const string SystemData = "sys";

    private readonly Dictionary<string, FunctionDeclaration> functions = functions.ToDictionary(function => function.Name, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Task, string> running = new();

    /// <summary>Waits for a worker, and for the function to end there. Only the end of the grace period cancels it.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="value">The trigger's value.</param>
    /// <param name="bindingData">What else is known of the trigger.</param>
    /// <exception cref="FunctionFailedException">The function threw, or was cancelled.</exception>
    /// <exception cref="WorkerLostException">The worker ended meanwhile.</exception>
    public Task RunAsync(string name, object value, IReadOnlyDictionary<string, object> bindingData)
    {
        var run = RunOnWorkerAsync(name, value, bindingData);
        running[run] = name;
        _ = run.ContinueWith(_ => running.TryRemove(run, out string? _), TaskScheduler.Default);
        return run;
    }

    /// <summary>Waits until no function runs: listeners that have stopped may have begun one on the way.</summary>
    public async Task IdleAsync()
    {
        while (!running.IsEmpty)
        {
            await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        }
    }

    private async Task RunOnWorkerAsync(string name, object value, IReadOnlyDictionary<string, object> bindingData)
    {
        var metadata = bindingData
            .Where(data => data.Key != SystemData && data.Value is not null)
            .Select(data => KeyValuePair.Create(data.Key, TriggerValue.ToTyped(data.Value)));
        using var activity = new Activity(name).Start();
        var invocation = Invocation.Create(functions[name], TriggerValue.ToTyped(value), metadata);
        var worker = await workers.GetAsync(grace.Over);
        await worker.InvokeAsync(invocation, grace.Over);
    }
}
