using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Runs a function for one version of a blob: claim, run, then receipt, retry or poison queue.</summary>
internal sealed partial class BlobRunner(
    BlobFunction function,
    BlobReceipts receipts,
    PoisonBlobQueue poison,
    int poisonThreshold,
    LocalTriggerOptions options,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILogger<BlobRunner> logger)
{
    public async Task RunAsync(BlobVersion blob, Dictionary<string, object?> tokens)
    {
        try
        {
            var receipt = BlobReceipts.NameOf(function.Id, function.Container.Name, blob.Name, blob.ETag);
            var result = await receipts.ClaimAsync(receipt, blob.Name, CancellationToken.None);
            if (result.Claim is { } claim)
            {
                await RunClaimedAsync(blob, tokens, claim);
            }
            else
            {
                blob.TryAgainAt(result.RetryAt ?? DateTimeOffset.MaxValue);
            }
        }
        catch (Exception exception)
        {
            // Nobody awaits this run, so whatever went wrong ends here: said, and tried again.
            Log.ReceiptFault(logger, function.Name, blob.Name, exception);
            blob.TryAgainAt(time.GetUtcNow() + options.BlobRetryDelay);
        }
    }

    private async Task RunClaimedAsync(BlobVersion blob, Dictionary<string, object?> tokens, BlobClaim claim)
    {
        if (claim.Attempt > poisonThreshold)
        {
            // Its last allowed run ended with the death of a process.
            await PoisonAsync(blob, claim);
            return;
        }

        var renewal = new ClaimRenewal(claim, options.BlobClaimDuration / 2, time, logger);
        var (held, failure) = await renewal.RunAsync(() => pipeline
            .RunAsync(function.Bound, BlobParameters.Input(function.Container, blob.Name, tokens), signals.Stopping)
            .WaitAsync(signals.Abandoning));
        if (failure is null)
        {
            await receipts.CompleteAsync(held, CancellationToken.None);
            blob.Done();
        }
        else if (failure is OperationCanceledException && signals.Stopping.IsCancellationRequested)
        {
            await receipts.ReleaseAsync(held with { Attempt = held.Attempt - 1 }, CancellationToken.None);
            blob.TryAgainAt(time.GetUtcNow());
        }
        else
        {
            Log.Failed(logger, function.Name, blob.Name, held.Attempt, poisonThreshold, failure);
            await RetryOrPoisonAsync(blob, held);
        }
    }

    private async Task RetryOrPoisonAsync(BlobVersion blob, BlobClaim claim)
    {
        if (claim.Attempt >= poisonThreshold)
        {
            await PoisonAsync(blob, claim);
            return;
        }

        await receipts.ReleaseAsync(claim, CancellationToken.None);
        blob.TryAgainAt(time.GetUtcNow() + options.BlobRetryDelay);
    }

    // Sent before the receipt: a death in between gives two poison messages rather than none.
    private async Task PoisonAsync(BlobVersion blob, BlobClaim claim)
    {
        await poison.SendAsync(function, blob, CancellationToken.None);
        await receipts.CompleteAsync(claim, CancellationToken.None);
        blob.Done();
        Log.Poisoned(logger, blob.Name, function.Name, PoisonBlobQueue.Name);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The receipt of {Function} for blob {Blob} cannot be read or written; trying again")]
        public static partial void ReceiptFault(ILogger logger, string function, string blob, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Function {Function} failed on blob {Blob}, run {Run} of {Runs}")]
        public static partial void Failed(ILogger logger, string function, string blob, int run, int runs, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Blob {Blob} of function {Function} went to {Poison}")]
        public static partial void Poisoned(ILogger logger, string blob, string function, string poison);
    }
}
