using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalTriggers.Storage;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Scans one container for blob versions that one function has not had.</summary>
internal sealed partial class BlobListener(
    BlobFunction function,
    BlobRunner runner,
    BlobReceipts receipts,
    SemaphoreSlim slots,
    LocalTriggerOptions options,
    StopSignals signals,
    TimeProvider time,
    ILogger<BlobListener> logger) : ITriggerListener
{
    // A scan of a big container may take this share of the time, and no more.
    private const int RestPerScan = 4;

    private readonly Dictionary<string, BlobVersion> known = new(StringComparer.Ordinal);
    private readonly ReceiptPruning pruning = new(function, receipts, options.ReceiptPruneInterval, time);
    private readonly Backoff faults = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
    private readonly RunningFunctions running = new();
    private bool prepared;
    private long scan;

    public async Task RunAsync()
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                await PrepareAsync();
                var started = time.GetTimestamp();
                var found = await ScanAsync();
                var took = time.GetElapsedTime(started);
                faults.Reset();
                await pruning.EndScanAsync(signals.Stopping);
                await Task.Delay(RestAfter(found, took), time, signals.Stopping);
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (StorageFaults.IsStorageFault(exception))
            {
                Log.ScanFault(logger, function.Container.Name, exception);
                await Task.Delay(faults.Next(), time, signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await running.WaitForAtMostAsync(0, CancellationToken.None);
    }

    // Something new often has company on its way, so the next look comes soon.
    private TimeSpan RestAfter(bool found, TimeSpan took)
    {
        var rest = found ? took : took * RestPerScan;
        var least = found ? TimeSpan.Zero : options.BlobScanInterval;
        return rest > least ? rest : least;
    }

    private async Task PrepareAsync()
    {
        if (!prepared)
        {
            await function.Container.CreateIfNotExistsAsync(cancellationToken: signals.Stopping);
            await receipts.CreateContainerAsync(signals.Stopping);
            prepared = true;
        }

        await pruning.BeginScanAsync(signals.Stopping);
    }

    private async Task<bool> ScanAsync()
    {
        scan++;
        var found = false;
        await foreach (var item in function.Container.GetBlobsAsync(prefix: function.Pattern.Prefix, cancellationToken: signals.Stopping))
        {
            if (Look(item) is not { } blob || function.Pattern.Match(blob.Name) is not { } tokens)
            {
                continue;
            }

            found = true;
            await slots.WaitAsync(signals.Stopping);
            blob.Begin();
            running.Begin();
            _ = Task.Run(() => RunAsync(blob, tokens), CancellationToken.None);
        }

        Forget();
        return found;
    }

    // The version, if its function is to be run for it now.
    private BlobVersion? Look(BlobItem item)
    {
        var etag = item.Properties.ETag.GetValueOrDefault().ToString();
        if (!known.TryGetValue(item.Name, out var blob) || blob.ETag != etag)
        {
            known[item.Name] = blob = new BlobVersion(item.Name, etag);
        }

        if (pruning.See(item.Name, etag) == ReceiptState.Done && !blob.IsBusy)
        {
            blob.Done();
        }

        blob.SeenInScan = scan;
        return blob.IsDue(time.GetUtcNow()) ? blob : null;
    }

    // What was deleted need not be remembered.
    private void Forget()
    {
        foreach (var name in known.Where(entry => entry.Value.SeenInScan != scan).Select(entry => entry.Key).ToArray())
        {
            known.Remove(name);
        }
    }

    private async Task RunAsync(BlobVersion blob, Dictionary<string, object?> tokens)
    {
        try
        {
            await runner.RunAsync(blob, tokens);
        }
        finally
        {
            slots.Release();
            running.End();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Container {Container} cannot be scanned; trying again")]
        public static partial void ScanFault(ILogger logger, string container, Exception exception);
    }
}
