namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>
/// Finds receipts of blobs that are gone, and deletes some after every scan. Receipts are listed before a scan: a receipt is
/// never older than its blob, so one whose blob the scan does not meet belongs to a version that was deleted or replaced, and no
/// clock has to be trusted. Such a version never comes back.
/// </summary>
internal sealed class ReceiptPruning(BlobFunction function, BlobReceipts receipts, TimeSpan interval, TimeProvider time)
{
    // Few enough that a blob which arrives meanwhile does not wait noticeably for its scan.
    private const int MostPerScan = 20;

    private readonly Queue<string> gone = [];
    private Dictionary<string, ReceiptState>? unmet;
    private DateTimeOffset dueAt = DateTimeOffset.MinValue;

    /// <summary>Before a scan: lists the receipts if it is time. A scan that is not completed leaves nothing behind.</summary>
    public async Task BeginScanAsync(CancellationToken cancellationToken) => unmet = gone.Count == 0 && dueAt <= time.GetUtcNow()
        ? await receipts.ListAsync(function.Id, function.Container.Name, cancellationToken)
        : null;

    /// <summary>A scan has met a blob version.</summary>
    /// <returns>What its receipt says; null without one, or where receipts were not listed for this scan.</returns>
    public ReceiptState? See(string blobName, string etag) =>
        unmet?.Remove(BlobReceipts.NameOf(function.Id, function.Container.Name, blobName, etag), out var state) == true ? state : null;

    /// <summary>After a complete scan: deletes receipts whose blobs it has not met, now and after the next scans.</summary>
    public async Task EndScanAsync(CancellationToken cancellationToken)
    {
        if (unmet is not null)
        {
            dueAt = time.GetUtcNow() + interval;
            foreach (var name in unmet.Keys)
            {
                gone.Enqueue(name);
            }

            unmet = null;
        }

        for (var deleted = 0; deleted < MostPerScan && gone.TryPeek(out var name); deleted++)
        {
            await receipts.DeleteAsync(name, cancellationToken);
            gone.Dequeue();
        }
    }
}
