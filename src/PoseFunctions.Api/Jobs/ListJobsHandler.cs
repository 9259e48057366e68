using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Lists jobs.</summary>
public sealed class ListJobsHandler(IJobStore jobs)
{
    // A rare state may lie pages apart; a caller must not wait for all of them.
    private const int MaxPages = 10;

    /// <summary>One page of a query: at most its limit, and possibly fewer although more follow.</summary>
    public async Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken)
    {
        var found = new List<JobSummary>();
        var continuation = query.Continuation;
        for (var page = 0; page < MaxPages; page++)
        {
            // Asking for as many as still fit keeps the continuation exactly behind the last job that is returned.
            var next = await jobs.ListAsync(query.Tenant, query.Limit - found.Count, continuation, cancellationToken);
            found.AddRange(next.Jobs.Where(job => query.State is null || job.State == query.State));
            continuation = next.Continuation;
            if (continuation is null || found.Count == query.Limit)
            {
                break;
            }
        }

        return new(found, continuation);
    }
}
