using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Reads a job, and waits for news of it where the caller wants to.</summary>
public sealed class JobWatcher(IJobStore jobs, TimeProvider clock, IOptions<ApiOptions> options)
{
    /// <summary>
    /// Reads a job that the caller may know already under <paramref name="knownTags"/>. With a wait, returns once the record
    /// is another than the known one (without a known one: once it is final), and at the latest when the wait is over.
    /// </summary>
    /// <returns>The version that stands, and the job in it; null when the caller knows it.</returns>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>, also when it is deleted meanwhile.</exception>
    public async Task<(string Version, StoredJob? News)> ReadAsync(
        JobId id, IReadOnlyList<string> knownTags, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait == TimeSpan.Zero && knownTags is [var only] && only != "*")
        {
            var changed = await FindChangedAsync(id, only, cancellationToken);
            return (changed?.Version ?? only, changed);
        }

        var deadline = clock.GetUtcNow() + wait;
        var job = await jobs.GetAsync(id, cancellationToken);
        while (!IsNews(job, knownTags) && deadline - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < options.Value.PollInterval ? left : options.Value.PollInterval, clock, cancellationToken);
            job = await FindChangedAsync(id, job.Version, cancellationToken) ?? job;
        }

        return (job.Version, EntityTags.Contains(knownTags, EntityTags.ValueOf(job.Version)) ? null : job);
    }

    // Nothing follows a final state, so that waiting on would be for nothing even for a caller that knows it.
    private static bool IsNews(StoredJob job, IReadOnlyList<string> knownTags) =>
        job.Record.IsFinal || (knownTags.Count > 0 && !EntityTags.Contains(knownTags, EntityTags.ValueOf(job.Version)));

    private async Task<StoredJob?> FindChangedAsync(JobId id, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.FindChangedAsync(id, version, cancellationToken);
        }
        catch (JobConflictException)
        {
            throw JobFinder.Unknown();
        }
    }
}
