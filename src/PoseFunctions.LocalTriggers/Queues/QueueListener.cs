using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalTriggers.Storage;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Queues;

/// <summary>Takes the messages of one queue in batches and runs one function for each.</summary>
internal sealed partial class QueueListener(
    BoundFunction function,
    QueueClient queue,
    QueueClient poison,
    QueueSettings settings,
    LocalTriggerOptions options,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILogger<QueueListener> logger) : ITriggerListener
{
    private readonly Backoff idle = new(
        options.MinimumPollingInterval,
        settings.MaxPollingInterval < options.MaximumPollingInterval ? settings.MaxPollingInterval : options.MaximumPollingInterval);

    private readonly Backoff faults = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
    private readonly RunningFunctions running = new();
    private bool exists;

    public async Task RunAsync()
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                await TakeAsync();
                faults.Reset();
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (StorageFaults.IsStorageFault(exception))
            {
                exists = false;
                Log.QueueFault(logger, queue.Name, exception);
                await Task.Delay(faults.Next(), time, signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await running.WaitForAtMostAsync(0, CancellationToken.None);
    }

    private async Task TakeAsync()
    {
        await running.WaitForAtMostAsync(settings.RunningBeforeNextBatch, signals.Stopping);
        if (!exists)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: signals.Stopping);
            exists = true;
        }

        // Not cancelled half way: the service would have hidden messages that nobody here knows of.
        QueueMessage[] messages = await queue.ReceiveMessagesAsync(settings.BatchSize, options.MessageVisibility, CancellationToken.None);
        if (messages.Length == 0)
        {
            await Task.Delay(idle.Next(), time, signals.Stopping);
            return;
        }

        idle.Reset();
        foreach (var message in messages)
        {
            running.Begin();
            _ = Task.Run(() => HandleAsync(message), CancellationToken.None);
        }
    }

    private async Task HandleAsync(QueueMessage message)
    {
        try
        {
            await using var lease = new MessageLease(queue, message, options.MessageVisibility, time, logger);
            await HandleAsync(message, lease);
        }
        catch (Exception exception)
        {
            // Nobody awaits this run. The message becomes visible again by itself and is handled once more.
            Log.NotSettled(logger, message.MessageId, queue.Name, exception);
        }
        finally
        {
            running.End();
        }
    }

    private async Task HandleAsync(QueueMessage message, MessageLease lease)
    {
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            // Its last allowed run ended with the death of a process.
            await PoisonAsync(message, lease);
        }
        else if (MessageBody.Decode(message.Body, settings.MessageEncoding) is not { } body)
        {
            Log.Undecodable(logger, message.MessageId, queue.Name, settings.MessageEncoding);
            await PoisonAsync(message, lease);
        }
        else if (signals.Stopping.IsCancellationRequested)
        {
            await lease.ReleaseAsync(TimeSpan.Zero);
        }
        else
        {
            await RunAsync(message, body, lease);
        }
    }

    private async Task RunAsync(QueueMessage message, BinaryData body, MessageLease lease)
    {
        var decoded = QueuesModelFactory.QueueMessage(
            message.MessageId, message.PopReceipt, body, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
        try
        {
            await pipeline.RunAsync(function, QueueParameters.Input(decoded), signals.Stopping).WaitAsync(signals.Abandoning);
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            Log.GivenBack(logger, message.MessageId, queue.Name);
            await lease.ReleaseAsync(TimeSpan.Zero);
            return;
        }
        catch (Exception exception)
        {
            Log.Failed(logger, function.Declaration.Name, message.MessageId, message.DequeueCount, settings.MaxDequeueCount, exception);
            await (message.DequeueCount >= settings.MaxDequeueCount
                ? PoisonAsync(message, lease)
                : lease.ReleaseAsync(settings.VisibilityTimeout));
            return;
        }

        await lease.CompleteAsync();
    }

    // Sent before the original is deleted: a death in between gives two poison messages rather than none.
    private async Task PoisonAsync(QueueMessage message, MessageLease lease)
    {
        try
        {
            await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
        }

        Log.Poisoned(logger, message.MessageId, queue.Name, poison.Name);
        await lease.CompleteAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Queue {Queue} cannot be read; trying again")]
        public static partial void QueueFault(ILogger logger, string queue, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} of queue {Queue} is handled but could not be settled")]
        public static partial void NotSettled(ILogger logger, string messageId, string queue, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Message {MessageId} of queue {Queue} is not {Encoding}")]
        public static partial void Undecodable(ILogger logger, string messageId, string queue, MessageEncoding encoding);

        [LoggerMessage(4, LogLevel.Error, "Function {Function} failed on message {MessageId}, run {Run} of {Runs}")]
        public static partial void Failed(ILogger logger, string function, string messageId, long run, int runs, Exception exception);

        [LoggerMessage(5, LogLevel.Error, "Message {MessageId} of queue {Queue} went to {Poison}")]
        public static partial void Poisoned(ILogger logger, string messageId, string queue, string poison);

        [LoggerMessage(6, LogLevel.Information, "Message {MessageId} of queue {Queue} is given back: the host stops")]
        public static partial void GivenBack(ILogger logger, string messageId, string queue);
    }
}
