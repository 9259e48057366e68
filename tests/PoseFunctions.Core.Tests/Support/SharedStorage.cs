using PoseFunctions.Testing.Stores;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>What outlives every process: storage, queue, clock.</summary>
internal sealed class SharedStorage
{
    public SharedStorage()
    {
        Queue = new(Clock);
        Photos = new(Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public InMemoryJobStore Jobs { get; } = new();

    public InMemoryJobQueue Queue { get; }

    public InMemoryPhotoStore Photos { get; }

    public InMemoryParsedPhotoStore Parsed { get; } = new();

    public InMemoryResultStore Results { get; } = new();

    public InMemoryRequestStore Requests { get; } = new();

    public InMemoryWorkerLeaseStore Leases { get; } = new();
}
