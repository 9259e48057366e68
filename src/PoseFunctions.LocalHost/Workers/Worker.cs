using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>A worker process that has loaded its functions.</summary>
/// <param name="process">The process.</param>
/// <param name="channel">The conversation with it.</param>
/// <param name="httpAddress">Where it takes HTTP requests; null where it takes none.</param>
/// <param name="explain">Waits until it has ended, and says why in its own words.</param>
internal sealed class Worker(WorkerProcess process, WorkerChannel channel, Uri? httpAddress, Func<Task<string>> explain) : IDisposable
{
    // What the runtime makes of SIGKILL.
    private const int KilledExitCode = 137;

    public int ProcessId => process.Id;

    /// <summary>Where it takes HTTP requests; null where it takes none.</summary>
    public Uri? HttpAddress => httpAddress;

    /// <summary>Ends when it is of no use any more: its process has ended, or nothing is heard from it.</summary>
    public Task Lost => channel.Closed;

    /// <summary>Runs a function. Cancelling asks the worker to cancel it, and its answer is awaited all the same.</summary>
    /// <exception cref="FunctionFailedException">The function threw, or was cancelled.</exception>
    /// <exception cref="WorkerLostException">The worker is gone.</exception>
    public async Task InvokeAsync(InvocationRequest invocation, CancellationToken cancellationToken)
    {
        var asked = channel.AskAsync(new() { InvocationRequest = invocation }, invocation.InvocationId, CancellationToken.None);

        // Only now: what cancels an invocation must not overtake it.
        await using var cancellation = cancellationToken.Register(
            () => channel.Tell(new() { InvocationCancel = new() { InvocationId = invocation.InvocationId } }));
        var result = (await asked).InvocationResponse.Result;
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new FunctionFailedException(invocation.FunctionId, result);
        }
    }

    /// <summary>Asks the process to end, and ends it where it has not within <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        channel.Tell(new() { WorkerTerminate = new() { GracePeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(patience) } });
        await Task.WhenAny(process.Exited, Task.Delay(patience, time));
        await EndAsync();
    }

    /// <summary>Waits for a process that is ending to end by itself, but not for long, and tells why it did.</summary>
    /// <returns>Null where it did not, or was ended by somebody else.</returns>
    public async Task<string?> FindReasonAsync(TimeSpan patience, TimeProvider time)
    {
        await Task.WhenAny(process.Exited, Task.Delay(patience, time));
        return process.Exited.IsCompletedSuccessfully && await process.Exited is not (0 or KilledExitCode) ? await explain() : null;
    }

    /// <summary>Ends the process, and waits until it has.</summary>
    public async Task EndAsync()
    {
        process.Kill();
        await process.Exited;
        channel.Close();
    }

    public void Dispose() => process.Dispose();
}
