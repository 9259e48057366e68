using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>Keeps job records. Every write is conditional: creation on absence, replacement on the version read.</summary>
public interface IJobStore
{
    /// <summary>The record, or null when there is none.</summary>
    Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The record if its version is not <paramref name="knownVersion"/>; null when it still is.</summary>
    /// <exception cref="JobConflictException">The record was deleted.</exception>
    Task<StoredJob?> FindChangedAsync(JobId id, string knownVersion, CancellationToken cancellationToken);

    /// <summary>Creates the record; null when one with this id is there already.</summary>
    Task<StoredJob?> TryCreateAsync(JobRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces the record that was read as <paramref name="current"/>.</summary>
    /// <exception cref="JobConflictException">It was changed or deleted since.</exception>
    /// <exception cref="NewerSchemaException">A newer revision wrote it.</exception>
    Task<StoredJob> ReplaceAsync(StoredJob current, JobRecord next, CancellationToken cancellationToken);

    /// <summary>One page of a tenant's jobs (of all tenants when null), in the order of their ids.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>: the continuation is not of this store.</exception>
    Task<JobPage> ListAsync(Tenant? tenant, int pageSize, string? continuation, CancellationToken cancellationToken);

    /// <summary>Removes the record that was read as <paramref name="current"/>.</summary>
    /// <exception cref="JobConflictException">It was changed since.</exception>
    /// <exception cref="NewerSchemaException">A newer revision wrote it, and knows what else there is to remove.</exception>
    Task DeleteAsync(StoredJob current, CancellationToken cancellationToken);
}
