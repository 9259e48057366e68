using PoseFunctions.Core.Running;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryJobQueueTests : JobQueueContract
{
    private readonly InMemoryJobQueue queue = new(new FakeTimeProvider());

    protected override IJobQueue Queue => queue;

    protected override Task<JobMessage?> ReceiveAsync() => Task.FromResult(queue.Receive());
}
