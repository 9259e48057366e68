using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Stores;
using PoseFunctions.Testing.Time;
using Xunit;

namespace PoseFunctions.Core.Tests.Leases;

public sealed class WorkerLeaseKeeperTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly InMemoryWorkerLeaseStore leases = new();
    private readonly TransferOptions options = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CurrentIdAsync_StorageFailedTheFirstTime_NeverNamesALeaseThatNobodySees()
    {
        using var keeper = Keeper(new FirstCreationFails(leases));
        await Assert.ThrowsAsync<InfrastructureException>(() => keeper.CurrentIdAsync(Cancel));

        Assert.NotNull(await leases.FindAsync(await keeper.CurrentIdAsync(Cancel), Cancel));
    }

    [Fact]
    public async Task CurrentIdAsync_ManyAtOnce_ShareOneLease()
    {
        using var keeper = Keeper(leases);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => keeper.CurrentIdAsync(Cancel), Cancel)));

        Assert.Single(ids.Distinct());
        Assert.Single(await leases.ListAsync(Cancel));
    }

    [Fact]
    public async Task CurrentIdAsync_ProcessWasStoppedPastItsLease_StartsANewOne()
    {
        using var keeper = Keeper(leases);
        var first = await keeper.CurrentIdAsync(Cancel);
        clock.Advance(options.LeaseDuration);

        Assert.NotEqual(first, await keeper.CurrentIdAsync(Cancel));
    }

    private WorkerLeaseKeeper Keeper(IWorkerLeaseStore store) =>
        new(store, () => new(Provider: null), Options.Create(options), clock, NullLogger<WorkerLeaseKeeper>.Instance);

    private sealed class FirstCreationFails(InMemoryWorkerLeaseStore inner) : IWorkerLeaseStore
    {
        private bool failed;

        public Task CreateAsync(WorkerLease lease, CancellationToken cancellationToken)
        {
            if (!failed)
            {
                failed = true;
                throw new InfrastructureException("Storage does not answer.", isTransient: true);
            }

            return inner.CreateAsync(lease, cancellationToken);
        }

        public Task<bool> RenewAsync(WorkerLease lease, CancellationToken cancellationToken) => inner.RenewAsync(lease, cancellationToken);

        public Task<WorkerLease?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public Task<IReadOnlyList<WorkerLease>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

        public Task RemoveAsync(string id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);
    }
}
