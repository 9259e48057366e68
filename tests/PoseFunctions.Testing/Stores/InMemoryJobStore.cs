using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Testing.Stores;

/// <summary>
/// Job records in memory. Keeps their JSON, so that a record that would not survive storage does not survive here either.
/// </summary>
public sealed class InMemoryJobStore : IJobStore
{
    private readonly ConcurrentDictionary<JobId, Entry> entries = [];
    private long lastVersion;

    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(entries.TryGetValue(id, out var entry) ? entry.Read() : null);
    }

    public async Task<StoredJob?> FindChangedAsync(JobId id, string knownVersion, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new JobConflictException(id);
        return found.Version == knownVersion ? null : found;
    }

    public Task<StoredJob?> TryCreateAsync(JobRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = NewEntry(record);
        return Task.FromResult(entries.TryAdd(record.Id, entry) ? new StoredJob(record, entry.Version) : null);
    }

    public Task<StoredJob> ReplaceAsync(StoredJob current, JobRecord next, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        current.Record.RequireKnownSchema();
        var id = current.Record.Id;
        var entry = NewEntry(next);
        return entries.TryGetValue(id, out var known) && known.Version == current.Version && entries.TryUpdate(id, entry, known)
            ? Task.FromResult(new StoredJob(next, entry.Version))
            : throw new JobConflictException(id);
    }

    public Task<JobPage> ListAsync(Tenant? tenant, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (continuation is not null && !JobId.TryParse(continuation, out _))
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"'{continuation}' is no continuation.");
        }

        var rest = entries
            .Where(entry => tenant is null || entry.Key.Tenant == tenant)
            .Select(entry => (Name: entry.Key.ToString(), entry.Value))
            .Where(entry => string.CompareOrdinal(entry.Name, continuation) > 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ToList();
        var jobs = rest.Take(pageSize).Select(entry => Summarise(entry.Value.Read().Record)).ToList();
        return Task.FromResult(new JobPage(jobs, rest.Count > pageSize ? jobs[^1].Id.ToString() : null));
    }

    public Task DeleteAsync(StoredJob current, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        current.Record.RequireKnownSchema();
        var id = current.Record.Id;
        var unchanged = !entries.TryGetValue(id, out var known)
            || (known.Version == current.Version && entries.TryRemove(KeyValuePair.Create(id, known)));
        return unchanged ? Task.CompletedTask : throw new JobConflictException(id);
    }

    private static JobSummary Summarise(JobRecord record) =>
        new(record.Id, record.State, record.Claim?.Owner, record.UpdatedAt, record.Request.ExpiresAt);

    private Entry NewEntry(JobRecord record) => new(
        JsonSerializer.SerializeToUtf8Bytes(record, CoreJsonContext.Default.JobRecord),
        Interlocked.Increment(ref lastVersion).ToString(CultureInfo.InvariantCulture));

    private sealed class Entry(byte[] json, string version)
    {
        public string Version => version;

        public StoredJob Read() => new(JsonSerializer.Deserialize(json, CoreJsonContext.Default.JobRecord)!, version);
    }
}
