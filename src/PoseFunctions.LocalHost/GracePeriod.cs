using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost;

/// <summary>How long what runs may go on once the host is asked to stop.</summary>
internal sealed class GracePeriod : IDisposable
{
    /// <summary>How long an invocation has to end once it is cancelled.</summary>
    public static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource over;
    private readonly CancellationTokenSource exhausted;
    private readonly CancellationTokenRegistration begin;

    public GracePeriod(IHostApplicationLifetime lifetime, IOptions<LocalHostOptions> options, TimeProvider time)
    {
        over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        exhausted = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        begin = lifetime.ApplicationStopping.Register(() =>
        {
            over.CancelAfter(options.Value.Grace);
            exhausted.CancelAfter(options.Value.Grace + CancelPatience);
        });
    }

    /// <summary>The time is over: what still runs is cancelled.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>What was cancelled has had the time to end: what still runs is ended together with its process.</summary>
    public CancellationToken Exhausted => exhausted.Token;

    public void Dispose()
    {
        begin.Dispose();
        over.Dispose();
        exhausted.Dispose();
    }
}
