using Azure;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Storage;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Keeps a claim alive while a function runs.</summary>
internal sealed partial class ClaimRenewal(BlobClaim claim, TimeSpan every, TimeProvider time, ILogger logger)
{
    /// <summary>Runs something under the claim and gives the claim as it stands afterwards.</summary>
    /// <returns>The claim, and what was thrown; null for nothing.</returns>
    public async Task<(BlobClaim Claim, Exception? Failure)> RunAsync(Func<Task> work)
    {
        using var ending = new CancellationTokenSource();
        var renewing = RenewAsync(ending.Token);
        Exception? failure = null;
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        await ending.CancelAsync();
        return (await renewing, failure);
    }

    private async Task<BlobClaim> RenewAsync(CancellationToken ending)
    {
        var current = claim;
        while (true)
        {
            try
            {
                await Task.Delay(every, time, ending);
                current = current with { ETag = await claim.Receipts.RenewAsync(current, CancellationToken.None) };
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return current;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                Log.Lost(logger, claim.ReceiptName);
                return current;
            }
            catch (Exception exception) when (StorageFaults.IsStorageFault(exception))
            {
                Log.NotRenewed(logger, claim.ReceiptName, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The claim {Receipt} expired and was taken by another process")]
        public static partial void Lost(ILogger logger, string receipt);

        [LoggerMessage(2, LogLevel.Warning, "The claim {Receipt} could not be renewed; trying again")]
        public static partial void NotRenewed(ILogger logger, string receipt, Exception exception);
    }
}
