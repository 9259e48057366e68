namespace PoseFunctions.LocalHost.Workers;

/// <summary>
/// Whether the workers of an app keep ending by themselves soon after they were ready: an app may find out only then that it
/// can never run.
/// </summary>
internal sealed class EarlyEnds(TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private const int TooMany = 3;

    private long readySince;
    private int inARow;

    /// <summary>A worker is ready.</summary>
    public void Ready() => readySince = time.GetTimestamp();

    /// <summary>It has ended.</summary>
    /// <param name="byItself">Whether nobody else ended it.</param>
    /// <returns>Whether there have been too many such ends in a row for another worker to be any use.</returns>
    public bool Add(bool byItself)
    {
        inARow = byItself && time.GetElapsedTime(readySince) < Soon ? inARow + 1 : 0;
        return inARow >= TooMany;
    }
}
