namespace PoseFunctions.Cli.Tests;

/// <summary>A clock on which every wait is over at once, so that retries cost a test no time.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
