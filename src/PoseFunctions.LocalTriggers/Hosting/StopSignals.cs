using Microsoft.Extensions.Options;

namespace PoseFunctions.LocalTriggers.Hosting;

/// <summary>The two steps of a shutdown: first nothing new is taken and functions are asked to end, then they are left behind.</summary>
internal sealed class StopSignals(IOptions<LocalTriggerOptions> options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoning = new();
    private ITimer? grace;

    /// <summary>Signalled when the host stops: take nothing more; running functions see it as their token.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Signalled when the grace period is over: give back what is not finished.</summary>
    public CancellationToken Abandoning => abandoning.Token;

    public void Stop()
    {
        grace ??= time.CreateTimer(_ => abandoning.Cancel(), null, options.Value.ShutdownGrace, Timeout.InfiniteTimeSpan);
        stopping.Cancel();
    }

    public void Dispose()
    {
        grace?.Dispose();
        stopping.Dispose();
        abandoning.Dispose();
    }
}
