using PoseFunctions.Api.Views;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Api.Jobs;

/// <summary>Counts jobs by state. Lists all records, so this is for operators and not for probes.</summary>
public sealed class BacklogHandler(IJobStore jobs, IJobQueue queue)
{
    /// <summary>The jobs of all tenants at the moment.</summary>
    public async Task<BacklogView> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<JobState, int>();
        await foreach (var job in jobs.ListAllAsync(cancellationToken))
        {
            counts[job.State] = counts.GetValueOrDefault(job.State) + 1;
        }

        return new(
            Of(JobState.Accepted) + Of(JobState.Parsing),
            Of(JobState.Queued),
            Of(JobState.Running),
            Of(JobState.Failed),
            (await queue.MeasureAsync(cancellationToken)).Messages);

        int Of(JobState state) => counts.GetValueOrDefault(state);
    }
}
