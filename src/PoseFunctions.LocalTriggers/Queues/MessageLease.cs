using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Storage;

namespace PoseFunctions.LocalTriggers.Queues;

/// <summary>Keeps a taken message hidden while its function runs, and ends that in one of three ways.</summary>
internal sealed partial class MessageLease : IAsyncDisposable
{
    private readonly QueueClient queue;
    private readonly string messageId;
    private readonly TimeSpan visibility;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task renewing;
    private string popReceipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan visibility, TimeProvider time, ILogger logger)
    {
        this.queue = queue;
        this.visibility = visibility;
        this.time = time;
        this.logger = logger;
        messageId = message.MessageId;
        popReceipt = message.PopReceipt;
        renewing = RenewAsync();
    }

    /// <summary>Deletes the message: it is done.</summary>
    public async Task CompleteAsync()
    {
        await EndAsync();
        await IfStillOursAsync(() => queue.DeleteMessageAsync(messageId, popReceipt, CancellationToken.None));
    }

    /// <summary>Gives the message back, to be taken again after a while.</summary>
    public async Task ReleaseAsync(TimeSpan hiddenFor)
    {
        await EndAsync();
        await IfStillOursAsync(() => queue.UpdateMessageAsync(messageId, popReceipt, (BinaryData?)null, hiddenFor, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ending.Dispose();
    }

    private async Task EndAsync()
    {
        await ending.CancelAsync();
        await renewing;
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(visibility / 2, time, ending.Token);
                UpdateReceipt receipt = await queue.UpdateMessageAsync(
                    messageId, popReceipt, (BinaryData?)null, visibility, CancellationToken.None);
                popReceipt = receipt.PopReceipt;
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (RequestFailedException exception) when (IsLost(exception))
            {
                Log.Lost(logger, messageId, queue.Name);
                return;
            }
            catch (Exception exception) when (StorageFaults.IsStorageFault(exception))
            {
                // Still hidden for half its time; the next round tries again.
                Log.NotRenewed(logger, messageId, queue.Name, exception);
            }
        }
    }

    // Whoever took the message meanwhile decides about it now.
    private async Task IfStillOursAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RequestFailedException exception) when (IsLost(exception))
        {
            Log.Lost(logger, messageId, queue.Name);
        }
    }

    private static bool IsLost(RequestFailedException exception) =>
        exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} of queue {Queue} was taken by another before it was done")]
        public static partial void Lost(ILogger logger, string messageId, string queue);

        [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} of queue {Queue} could not be kept hidden; trying again")]
        public static partial void NotRenewed(ILogger logger, string messageId, string queue, Exception exception);
    }
}
