using System.Collections.Concurrent;
using PoseFunctions.Core.Leases;

namespace PoseFunctions.Testing.Stores;

/// <summary>Worker leases in memory.</summary>
public sealed class InMemoryWorkerLeaseStore : IWorkerLeaseStore
{
    private readonly ConcurrentDictionary<string, WorkerLease> leases = new(StringComparer.Ordinal);

    public Task CreateAsync(WorkerLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return leases.TryAdd(lease.Id, lease)
            ? Task.CompletedTask
            : throw new InvalidOperationException($"There is a worker lease {lease.Id} already.");
    }

    public Task<bool> RenewAsync(WorkerLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (leases.TryGetValue(lease.Id, out var known))
        {
            if (leases.TryUpdate(lease.Id, lease, known))
            {
                return Task.FromResult(true);
            }
        }

        return Task.FromResult(false);
    }

    public Task<WorkerLease?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(leases.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<WorkerLease>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<WorkerLease>>([.. leases.Values]);
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        leases.TryRemove(id, out _);
        return Task.CompletedTask;
    }
}
