using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>So many blobs that belong to a tenant but to no job.</summary>
public sealed class InMemoryTenantStore : ITenantStore
{
    /// <summary>How many are left of every tenant.</summary>
    public Dictionary<Tenant, int> Left { get; } = [];

    public Task<int> DeleteSomeAsync(Tenant tenant, int atMost, CancellationToken cancellationToken)
    {
        var deleted = Math.Min(atMost, Left.GetValueOrDefault(tenant));
        Left[tenant] = Left.GetValueOrDefault(tenant) - deleted;
        return Task.FromResult(deleted);
    }
}
