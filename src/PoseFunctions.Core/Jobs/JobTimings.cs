namespace PoseFunctions.Core.Jobs;

/// <summary>How long each stage took, in milliseconds; null until known.</summary>
/// <param name="ParseMilliseconds">Download, decode and parse.</param>
/// <param name="QueueMilliseconds">From queued to claimed, of the attempt that finished.</param>
/// <param name="GenerateMilliseconds">Claimed to the last image generated.</param>
/// <param name="StoreMilliseconds">From then to the last result encoded and written.</param>
/// <param name="TotalMilliseconds">Accepted to finished.</param>
public sealed record JobTimings(
    double? ParseMilliseconds = null,
    double? QueueMilliseconds = null,
    double? GenerateMilliseconds = null,
    double? StoreMilliseconds = null,
    double? TotalMilliseconds = null);
