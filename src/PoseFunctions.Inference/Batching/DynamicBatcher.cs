using System.Diagnostics.Metrics;
using System.Threading.Channels;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Inference.Batching;

/// <summary>
/// Joins concurrent requests into runs of at most the maximum batch size. A lone request waits at most one window; under
/// saturation batches fill from the queue without waiting. One run at a time, on a thread of the pool.
/// </summary>
public sealed class DynamicBatcher<TInput, TResult> : IAsyncDisposable
{
    private static readonly Histogram<int> BatchSizes = PoseFunctionsTelemetry.Meter.CreateHistogram<int>(
        "posefunctions.batch.size", "{item}", "Items of one run of a model.", tags: null, new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] });

    private static readonly Histogram<double> QueueWaits =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.batch.queue_wait", "An item's wait for its batch.");

    private static readonly Histogram<double> RunTimes =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.batch.run_time", "One run of a model.");

    private readonly Channel<BatchItem<TInput, TResult>> queue;
    private readonly BatchingOptions options;
    private readonly Func<IReadOnlyList<TInput>, CancellationToken, IReadOnlyList<TResult>> run;
    private readonly TimeProvider clock;
    private readonly KeyValuePair<string, object?> tag;
    private readonly Task loop;

    /// <param name="name">Of the model, for metrics.</param>
    /// <param name="options">Sizes and delay.</param>
    /// <param name="run">Runs a batch and gives one result an item, in order. Its token is cancelled once every item is.</param>
    /// <param name="clock">Measures the window.</param>
    public DynamicBatcher(
        string name, BatchingOptions options, Func<IReadOnlyList<TInput>, CancellationToken, IReadOnlyList<TResult>> run, TimeProvider clock)
    {
        this.options = options;
        this.run = run;
        this.clock = clock;
        tag = new("model", name);
        queue = Channel.CreateBounded<BatchItem<TInput, TResult>>(
            new BoundedChannelOptions(options.MaxQueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Waits for the item's run.</summary>
    /// <exception cref="OperationCanceledException">This item was cancelled; it is dropped unless it is running already.</exception>
    /// <exception cref="ObjectDisposedException">The batcher is shutting down.</exception>
    public async Task<TResult> RunAsync(TInput input, CancellationToken cancellationToken)
    {
        var item = new BatchItem<TInput, TResult>(input, clock.GetTimestamp(), cancellationToken);
        try
        {
            await queue.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(DynamicBatcher<,>));
        }

        using var cancel = cancellationToken.UnsafeRegister(static state => ((BatchItem<TInput, TResult>)state!).Cancel(), item);
        return await item.Completion.Task.ConfigureAwait(false);
    }

    /// <summary>Takes nothing new and completes what was taken.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = await CollectAsync().ConfigureAwait(false);
            batch.RemoveAll(item => !item.TryStart());
            if (batch.Count > 0)
            {
                Execute(batch);
            }
        }
    }

    private async Task<List<BatchItem<TInput, TResult>>> CollectAsync()
    {
        var batch = new List<BatchItem<TInput, TResult>>(options.MaxBatchSize);
        TakeWaiting(batch);
        if (batch.Count == 0 || batch.Count == options.MaxBatchSize || options.MaxQueueDelay == TimeSpan.Zero)
        {
            return batch;
        }

        using var window = new CancellationTokenSource(options.MaxQueueDelay, clock);
        try
        {
            while (batch.Count < options.MaxBatchSize && await queue.Reader.WaitToReadAsync(window.Token).ConfigureAwait(false))
            {
                TakeWaiting(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // The window closed: run what arrived.
        }

        return batch;
    }

    private void TakeWaiting(List<BatchItem<TInput, TResult>> batch)
    {
        while (batch.Count < options.MaxBatchSize && queue.Reader.TryRead(out var item))
        {
            if (!item.Cancelled.IsCancellationRequested)
            {
                batch.Add(item);
            }
        }
    }

    private void Execute(List<BatchItem<TInput, TResult>> batch)
    {
        var started = clock.GetTimestamp();
        BatchSizes.Record(batch.Count, tag);
        batch.ForEach(item => QueueWaits.Record(clock.GetElapsedTime(item.EnqueuedAt, started).TotalSeconds, tag));
        using var everyone = new AllCancelled([.. batch.Select(item => item.Cancelled)]);
        try
        {
            var results = run([.. batch.Select(item => item.Input)], everyone.Token);
            foreach (var (item, result) in batch.Zip(results))
            {
                Complete(item, result);
            }
        }
        catch (OperationCanceledException) when (everyone.Token.IsCancellationRequested)
        {
            batch.ForEach(item => item.Completion.TrySetCanceled(item.Cancelled));
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One bad item must not fail its neighbours, and only running each alone tells which one it is.
            batch.ForEach(item => Execute([item]));
        }
        catch (Exception failure)
        {
            batch[0].Completion.TrySetException(failure);
        }

        RunTimes.Record(clock.GetElapsedTime(started).TotalSeconds, tag);
    }

    private static void Complete(BatchItem<TInput, TResult> item, TResult result)
    {
        if (item.Cancelled.IsCancellationRequested)
        {
            (result as IDisposable)?.Dispose(); // nobody waits for it any more
            item.Completion.TrySetCanceled(item.Cancelled);
            return;
        }

        item.Completion.TrySetResult(result);
    }
}
