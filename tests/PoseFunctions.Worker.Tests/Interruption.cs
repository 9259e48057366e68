namespace PoseFunctions.Worker.Tests;

/// <summary>Does something once, at the first time that a job reaches one moment.</summary>
internal sealed class Interruption
{
    private int happened;

    /// <summary>When; null for never.</summary>
    public Moment? When { get; set; }

    /// <summary>What.</summary>
    public Func<Task> What { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether it was done.</summary>
    public bool HasHappened => happened == 1;

    /// <summary>Says that a job is at this moment.</summary>
    public Task ReachAsync(Moment moment) =>
        moment == When && Interlocked.Exchange(ref happened, 1) == 0 ? What() : Task.CompletedTask;
}
