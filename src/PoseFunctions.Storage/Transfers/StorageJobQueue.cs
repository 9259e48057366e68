using Azure.Storage.Queues;
using PoseFunctions.Core.Running;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Transfers;

/// <summary>The jobs queue in storage.</summary>
internal sealed class StorageJobQueue(QueueClient queue) : IJobQueue
{
    // Storage drops messages after seven days unless told otherwise; a job's deadline is the request's business.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public Task SendAsync(JobMessage message, CancellationToken cancellationToken)
    {
        var json = BinaryData.FromBytes(message.ToJson());
        return queue.SendMessageAsync(json, visibilityTimeout: null, timeToLive: Forever, cancellationToken).OrFailAsync();
    }

    public async Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        var properties = queue.GetPropertiesAsync(cancellationToken).OrFailAsync();
        var first = await queue.PeekMessageAsync(cancellationToken).OrFailAsync().ConfigureAwait(false);
        return new((await properties.ConfigureAwait(false)).Value.ApproximateMessagesCount, first.Value?.InsertedOn);
    }
}
