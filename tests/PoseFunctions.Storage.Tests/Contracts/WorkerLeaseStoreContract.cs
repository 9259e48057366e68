using PoseFunctions.Core.Leases;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IWorkerLeaseStore"/> promises.</summary>
public abstract class WorkerLeaseStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IWorkerLeaseStore Store { get; }

    [Fact]
    public async Task CreateAsync_NewLease_IsFoundEqual()
    {
        var lease = NewLease();

        await Store.CreateAsync(lease, Cancellation);

        Assert.Equal(lease, await Store.FindAsync(lease.Id, Cancellation));
    }

    [Fact]
    public async Task CreateAsync_IdTaken_Throws()
    {
        var lease = NewLease();
        await Store.CreateAsync(lease, Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CreateAsync(lease, Cancellation));
    }

    [Fact]
    public async Task RenewAsync_LivingLease_KeepsTheNewOne()
    {
        var lease = NewLease();
        await Store.CreateAsync(lease, Cancellation);
        var renewed = lease with { ExpiresAt = lease.ExpiresAt.AddSeconds(5), JobsPerSecond = 2.25 };

        Assert.True(await Store.RenewAsync(renewed, Cancellation));
        Assert.Equal(renewed, await Store.FindAsync(lease.Id, Cancellation));
    }

    [Fact]
    public async Task RenewAsync_LeaseTakenAway_ReturnsFalseAndDoesNotRevive()
    {
        var lease = NewLease();
        await Store.CreateAsync(lease, Cancellation);
        await Store.RemoveAsync(lease.Id, Cancellation);

        Assert.False(await Store.RenewAsync(lease, Cancellation));
        Assert.Null(await Store.FindAsync(lease.Id, Cancellation));
    }

    [Fact]
    public async Task FindAsync_UnknownId_ReturnsNull() => Assert.Null(await Store.FindAsync(NewLease().Id, Cancellation));

    [Fact]
    public async Task ListAsync_SeveralLeases_TellsThemAll()
    {
        WorkerLease[] leases = [NewLease(), NewLease() with { ExpiresAt = AJob.Now.AddYears(-1) }, NewLease()];
        foreach (var lease in leases)
        {
            await Store.CreateAsync(lease, Cancellation);
        }

        Assert.Equal(leases.ToHashSet(), (await Store.ListAsync(Cancellation)).ToHashSet());
    }

    [Fact]
    public async Task RemoveAsync_GoneAlready_IsNoError()
    {
        var lease = NewLease();
        await Store.CreateAsync(lease, Cancellation);
        await Store.RemoveAsync(lease.Id, Cancellation);

        await Store.RemoveAsync(lease.Id, Cancellation);

        Assert.Empty(await Store.ListAsync(Cancellation));
    }

    protected static WorkerLease NewLease() => new($"worker-{Guid.NewGuid():n}", AJob.Now.AddSeconds(10), JobsPerSecond: 0.5);
}
