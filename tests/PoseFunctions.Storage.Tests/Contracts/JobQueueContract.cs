using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IJobQueue"/> promises.</summary>
public abstract class JobQueueContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IJobQueue Queue { get; }

    [Fact]
    public async Task SendAsync_Message_ArrivesEqual()
    {
        var message = JobMessage.For(AJob.Queued() with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });

        await Queue.SendAsync(message, Cancellation);

        Assert.Equal(message, await ReceiveAsync());
    }

    [Fact]
    public async Task MeasureAsync_EmptyQueue_TellsNoneAndNoTime() =>
        Assert.Equal(new(0, null), await Queue.MeasureAsync(Cancellation));

    [Fact]
    public async Task MeasureAsync_TwoMessages_TellsTwoAndWhenTheFirstCame()
    {
        await Queue.SendAsync(JobMessage.For(AJob.Queued()), Cancellation);
        var alone = await Queue.MeasureAsync(Cancellation);
        await Queue.SendAsync(JobMessage.For(AJob.Queued()), Cancellation);

        var both = await Queue.MeasureAsync(Cancellation);

        Assert.Equal(2, both.Messages);
        Assert.NotNull(both.OldestInsertedAt);
        Assert.Equal(alone.OldestInsertedAt, both.OldestInsertedAt);
    }

    /// <summary>Takes one message out, as a worker would; null when there is none.</summary>
    protected abstract Task<JobMessage?> ReceiveAsync();
}
