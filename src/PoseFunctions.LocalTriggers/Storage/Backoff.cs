namespace PoseFunctions.LocalTriggers.Storage;

/// <summary>Pauses that double from a first one up to a last one, until something works again.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan last)
{
    private int doublings;

    public TimeSpan Next()
    {
        var pause = first * Math.Pow(2, doublings);
        if (pause >= last)
        {
            return last;
        }

        doublings++;
        return pause;
    }

    public void Reset() => doublings = 0;
}
