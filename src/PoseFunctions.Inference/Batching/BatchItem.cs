namespace PoseFunctions.Inference.Batching;

/// <summary>One request on its way through a batcher.</summary>
internal sealed class BatchItem<TInput, TResult>(TInput input, long enqueuedAt, CancellationToken cancelled)
{
    private int started;

    public TInput Input { get; } = input;

    public long EnqueuedAt { get; } = enqueuedAt;

    public CancellationToken Cancelled { get; } = cancelled;

    /// <summary>Claims the item for a run; false when it was cancelled while it waited.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref started, 1, 0) == 0;

    /// <summary>Ends the wait at once, unless the item runs: then its input is in use until the run ends.</summary>
    public void Cancel()
    {
        if (TryStart())
        {
            Completion.TrySetCanceled(Cancelled);
        }
    }

    public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
