using System.Runtime.CompilerServices;

namespace PoseFunctions.Core.Jobs;

/// <summary>The read, decide, write-if-unchanged loop that every change of a record goes through.</summary>
public static class JobStoreExtensions
{
    private const int MaxConflicts = 20;
    private const int PageSize = 5000;

    /// <summary>Every job of every tenant, page by page.</summary>
    public static async IAsyncEnumerable<JobSummary> ListAllAsync(
        this IJobStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        string? continuation = null;
        do
        {
            var page = await store.ListAsync(tenant: null, PageSize, continuation, cancellationToken);
            foreach (var job in page.Jobs)
            {
                yield return job;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>
    /// Applies <paramref name="change"/> to the record until nobody else wrote in between. A change that returns null, or the
    /// record itself, ends the loop without writing.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="known">The record as last seen, to save a read; may be outdated, or null.</param>
    /// <param name="change">The next record for the current one; called again after a conflict.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The record that now stands; null when there is none.</returns>
    /// <exception cref="JobConflictException">Others kept writing for too many rounds.</exception>
    public static async Task<StoredJob?> ChangeAsync(
        this IJobStore store, JobId id, StoredJob? known, Func<JobRecord, JobRecord?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        var current = known ?? await store.FindAsync(id, cancellationToken);
        for (var conflicts = 0; current is not null; conflicts++)
        {
            if (change(current.Record) is not { } next || ReferenceEquals(next, current.Record))
            {
                return current;
            }

            try
            {
                return await store.ReplaceAsync(current, next, cancellationToken);
            }
            catch (JobConflictException) when (conflicts < MaxConflicts)
            {
                current = await store.FindAsync(id, cancellationToken);
            }
        }

        return null;
    }
}
