namespace PoseFunctions.Core.Leases;

/// <summary>Keeps worker leases.</summary>
public interface IWorkerLeaseStore
{
    /// <summary>Writes a new lease.</summary>
    /// <exception cref="InvalidOperationException">The id is taken.</exception>
    Task CreateAsync(WorkerLease lease, CancellationToken cancellationToken);

    /// <summary>Renews a lease; false when it was taken away, after which its claims are void.</summary>
    Task<bool> RenewAsync(WorkerLease lease, CancellationToken cancellationToken);

    /// <summary>One lease; null when there is none (it ended, or was taken away).</summary>
    Task<WorkerLease?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All leases, dead ones included.</summary>
    Task<IReadOnlyList<WorkerLease>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Ends a lease. No error when it is gone already.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
