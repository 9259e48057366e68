using System.Collections.Concurrent;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Testing.Stores;

/// <summary>The jobs queue in memory; the test takes the messages out and delivers them as often as it likes.</summary>
public sealed class InMemoryJobQueue(TimeProvider clock) : IJobQueue
{
    private readonly ConcurrentQueue<(JobMessage Message, DateTimeOffset InsertedAt)> messages = [];

    public Task SendAsync(JobMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        messages.Enqueue((message, clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new QueueDepth(messages.Count, messages.TryPeek(out var first) ? first.InsertedAt : null));
    }

    /// <summary>Takes the oldest message; null when there is none.</summary>
    public JobMessage? Receive() => messages.TryDequeue(out var first) ? first.Message : null;
}
