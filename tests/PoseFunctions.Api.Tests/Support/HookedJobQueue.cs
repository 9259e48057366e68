using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>A queue whose measurements can be made to fail.</summary>
public sealed class HookedJobQueue(InMemoryJobQueue inner) : IJobQueue
{
    /// <summary>Runs before every measurement.</summary>
    public Action BeforeMeasure { get; set; } = () => { };

    public JobMessage? Receive() => inner.Receive();

    public Task SendAsync(JobMessage message, CancellationToken cancellationToken) => inner.SendAsync(message, cancellationToken);

    public Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        BeforeMeasure();
        return inner.MeasureAsync(cancellationToken);
    }
}
