using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>A job store before whose writes others can be made to write, and whose reads can be made to fail.</summary>
public sealed class HookedJobStore(IJobStore inner) : IJobStore
{
    /// <summary>Runs before every replacement and deletion.</summary>
    public Func<StoredJob, Task> BeforeWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before every creation.</summary>
    public Func<Task> BeforeCreate { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before every read.</summary>
    public Action BeforeRead { get; set; } = () => { };

    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        BeforeRead();
        return inner.FindAsync(id, cancellationToken);
    }

    public Task<StoredJob?> FindChangedAsync(JobId id, string knownVersion, CancellationToken cancellationToken)
    {
        BeforeRead();
        return inner.FindChangedAsync(id, knownVersion, cancellationToken);
    }

    public async Task<StoredJob?> TryCreateAsync(JobRecord record, CancellationToken cancellationToken)
    {
        await BeforeCreate();
        return await inner.TryCreateAsync(record, cancellationToken);
    }

    public async Task<StoredJob> ReplaceAsync(StoredJob current, JobRecord next, CancellationToken cancellationToken)
    {
        await BeforeWrite(current);
        return await inner.ReplaceAsync(current, next, cancellationToken);
    }

    public Task<JobPage> ListAsync(Tenant? tenant, int pageSize, string? continuation, CancellationToken cancellationToken) =>
        inner.ListAsync(tenant, pageSize, continuation, cancellationToken);

    public async Task DeleteAsync(StoredJob current, CancellationToken cancellationToken)
    {
        await BeforeWrite(current);
        await inner.DeleteAsync(current, cancellationToken);
    }
}
