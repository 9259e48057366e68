namespace PoseFunctions.Simulation.Queueing;

/// <summary>First in, first out; a ring that grows, because at a peak millions may wait.</summary>
internal sealed class WaitingLine
{
    private double[] ring = new double[1024];
    private int head;

    public int Count { get; private set; }

    /// <summary>A job arrives.</summary>
    public void Add(double arrivedAt)
    {
        if (Count == ring.Length)
        {
            var larger = new double[2 * ring.Length];
            ring.AsSpan(head).CopyTo(larger);
            ring.AsSpan(0, head).CopyTo(larger.AsSpan(ring.Length - head));
            (ring, head) = (larger, 0);
        }

        ring[(head + Count++) % ring.Length] = arrivedAt;
    }

    /// <summary>Takes the job that has waited longest.</summary>
    /// <returns>When it arrived.</returns>
    public double Take()
    {
        ArgumentOutOfRangeException.ThrowIfZero(Count);
        var arrivedAt = ring[head];
        head = (head + 1) % ring.Length;
        Count--;
        return arrivedAt;
    }
}
