namespace PoseFunctions.Simulation.Queueing;

/// <summary>Adds up for how long how many replicas are paid, in total and hour by hour.</summary>
internal sealed class ReplicaClock(SimulationReport report)
{
    private double since;
    private int replicas;

    /// <summary>From now on there are so many.</summary>
    public void Set(double now, int count)
    {
        Count(now);
        replicas = count;
        report.MostReplicas = Math.Max(report.MostReplicas, count);
    }

    /// <summary>Counts up to now.</summary>
    public void Count(double now)
    {
        report.ReplicaSeconds += replicas * (now - since);
        while (since < now)
        {
            var hour = (int)(since / 3600);
            var until = Math.Min(now, (hour + 1) * 3600.0);
            if (hour < report.Hours.Count)
            {
                report.Hours[hour].ReplicaSeconds += replicas * (until - since);
            }

            since = until;
        }
    }
}
