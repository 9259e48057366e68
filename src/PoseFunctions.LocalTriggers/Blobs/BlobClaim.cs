using Azure;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>A process's hold on one version of a blob.</summary>
/// <param name="Receipts">Where the receipt lies.</param>
/// <param name="ReceiptName">Name of the receipt.</param>
/// <param name="ETag">The receipt's version as this process last wrote it.</param>
/// <param name="Attempt">Which run this is, from 1; runs that ended with the death of a process count.</param>
internal sealed record BlobClaim(BlobReceipts Receipts, string ReceiptName, ETag ETag, int Attempt);
