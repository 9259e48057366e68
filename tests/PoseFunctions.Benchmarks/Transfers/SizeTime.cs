namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>How long one result took.</summary>
/// <param name="Photo">Name of the photo.</param>
/// <param name="LongSide">Long side of the result in pixels.</param>
/// <param name="Milliseconds">From the parsed photo to the stored result.</param>
internal sealed record SizeTime(string Photo, int LongSide, double Milliseconds);
