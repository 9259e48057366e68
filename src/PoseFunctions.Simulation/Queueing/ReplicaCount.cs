namespace PoseFunctions.Simulation.Queueing;

/// <summary>Looks at the queue now and then and says how many replicas there shall be.</summary>
internal sealed class ReplicaCount(ScalingRule rule)
{
    private readonly Queue<(double At, int Wanted)> recent = new();

    /// <summary>One look.</summary>
    /// <param name="now">Seconds.</param>
    /// <param name="messages">Waiting or worked on.</param>
    /// <param name="replicas">Running or starting.</param>
    public int Decide(double now, int messages, int replicas)
    {
        var wanted = rule.Wanted(messages);
        recent.Enqueue((now, wanted));
        while (recent.Peek().At < now - rule.ScaleInAfterSeconds)
        {
            recent.Dequeue();
        }

        return wanted >= replicas
            ? Math.Min(wanted, ScalingRule.Reachable(replicas))
            : Math.Min(replicas, recent.Max(look => look.Wanted));
    }
}
