using Microsoft.Extensions.Hosting;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Worker.Hosting;

/// <summary>
/// Whether this process has loaded and warmed up its models. The host sends work as soon as the process answers it, which is
/// long before: it ends a process that keeps it waiting.
/// </summary>
internal sealed class WorkerReadiness : IDisposable
{
    /// <summary>Longer than any start; shorter than the half hour after which the host ends a process over one function.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration registration;
    private readonly TimeProvider clock;

    public WorkerReadiness(IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        this.clock = clock;
        registration = lifetime.ApplicationStarted.Register(started.SetResult);
    }

    /// <summary>Waits until every service of the process has started.</summary>
    /// <exception cref="InfrastructureException">They still have not; another process may have.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await started.Task.WaitAsync(Limit, clock, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new InfrastructureException($"The models of this worker were not ready within {Limit}.", isTransient: true, exception);
        }
    }

    public void Dispose() => registration.Dispose();
}
