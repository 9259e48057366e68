using System.Collections.Concurrent;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Testing.Stores;

/// <summary>Long requests in memory.</summary>
public sealed class InMemoryRequestStore : IRequestStore
{
    private readonly ConcurrentDictionary<(Tenant Tenant, string Key), byte[]> requests = [];

    public Task WriteAsync(Tenant tenant, string key, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        requests[(tenant, key)] = utf8Json.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> FindAsync(Tenant tenant, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(requests.GetValueOrDefault((tenant, key)));
    }

    public Task DeleteAsync(Tenant tenant, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        requests.TryRemove((tenant, key), out _);
        return Task.CompletedTask;
    }
}
