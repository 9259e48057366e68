using System.Threading.Channels;
using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>Keeps the events that it takes, in order. By default it takes every event at once.</summary>
internal sealed class RecordingSink(Func<BlobCreated, Task>? before = null) : IBlobEventSink
{
    private readonly Channel<BlobCreated> taken = Channel.CreateUnbounded<BlobCreated>();

    public async Task DeliverAsync(BlobCreated blob, CancellationToken cancellationToken)
    {
        if (before is not null)
        {
            await before(blob);
        }

        await taken.Writer.WriteAsync(blob, cancellationToken);
    }

    /// <summary>The next event, waited for.</summary>
    public ValueTask<BlobCreated> NextAsync() => taken.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>So many events, waited for.</summary>
    public async Task<IReadOnlyList<BlobCreated>> TakeAsync(int count)
    {
        var events = new List<BlobCreated>(count);
        while (events.Count < count)
        {
            events.Add(await NextAsync());
        }

        return events;
    }

    /// <summary>What it has taken since it was last asked, waiting for nothing.</summary>
    public IReadOnlyList<BlobCreated> TakeAll()
    {
        var events = new List<BlobCreated>();
        while (taken.Reader.TryRead(out var blob))
        {
            events.Add(blob);
        }

        return events;
    }
}
