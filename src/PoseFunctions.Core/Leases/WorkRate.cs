namespace PoseFunctions.Core.Leases;

/// <summary>
/// How many jobs a process finishes a second while it has any. Time without work does not count, because it tells nothing
/// about how fast a queue will be worked off.
/// </summary>
internal sealed class WorkRate(TimeProvider clock)
{
    /// <summary>Share of the past that an update keeps: the last fifty or so with work in them make the rate.</summary>
    private const double Memory = 0.98;

    private readonly Lock gate = new();
    private int running;
    private int finished;
    private long busySince;
    private TimeSpan busy;
    private double jobs;
    private double seconds;

    /// <summary>Whether no job is worked on.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return running == 0;
            }
        }
    }

    /// <summary>A job is taken up.</summary>
    public void Begin()
    {
        lock (gate)
        {
            busySince = running++ == 0 ? clock.GetTimestamp() : busySince;
        }
    }

    /// <summary>A job was finished.</summary>
    public void Finish()
    {
        lock (gate)
        {
            finished++;
        }
    }

    /// <summary>A job is no longer worked on, finished or not.</summary>
    public void End()
    {
        lock (gate)
        {
            CountTime();
            running--;
        }
    }

    /// <summary>Takes in what happened since the last update.</summary>
    /// <returns>Jobs a second; 0 while unknown.</returns>
    public double Update()
    {
        lock (gate)
        {
            CountTime();
            if (busy > TimeSpan.Zero)
            {
                jobs = (Memory * jobs) + finished;
                seconds = (Memory * seconds) + busy.TotalSeconds;
                (finished, busy) = (0, TimeSpan.Zero);
            }

            return seconds > 0 ? jobs / seconds : 0;
        }
    }

    private void CountTime()
    {
        if (running > 0)
        {
            var now = clock.GetTimestamp();
            busy += clock.GetElapsedTime(busySince, now);
            busySince = now;
        }
    }
}
