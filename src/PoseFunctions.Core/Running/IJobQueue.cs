namespace PoseFunctions.Core.Running;

/// <summary>The queue that wakes workers. Messages may arrive twice, late, or out of order.</summary>
public interface IJobQueue
{
    /// <summary>Sends one message.</summary>
    Task SendAsync(JobMessage message, CancellationToken cancellationToken);

    /// <summary>How many messages wait, and since when the oldest does; both approximate.</summary>
    Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken);
}
