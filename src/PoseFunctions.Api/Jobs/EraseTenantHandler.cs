using PoseFunctions.Api.Views;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Erases everything of one tenant: job by job, so that workers notice, and then what belongs to no job.</summary>
public sealed class EraseTenantHandler(IJobStore jobs, DeleteJobHandler jobDeletion, ITenantStore tenants)
{
    // What a function may take on Azure is bounded by the time that the load balancer waits, 230 seconds.
    private const int JobsInOneRequest = 200;
    private const int BlobsInOneRequest = 2000;
    private const int AtOnce = 8;

    /// <summary>Does as much as fits into one request.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.JobStateConflict"/>: there is a photo under a name that storage lists but no URL can carry.
    /// </exception>
    public async Task<ErasureView> EraseAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var page = await jobs.ListAsync(tenant, JobsInOneRequest, continuation: null, cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(page.Jobs, limits, async (job, stop) => await EraseAsync(job.Id, stop));
        if (page.Continuation is not null)
        {
            return new(page.Jobs.Count, Complete: false);
        }

        // Photos that were left may have become jobs by now, so only a round that finds nothing is the last one.
        var others = await tenants.DeleteSomeAsync(tenant, BlobsInOneRequest, cancellationToken);
        return new(page.Jobs.Count, page.Jobs.Count == 0 && others == 0);
    }

    private async Task EraseAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await jobDeletion.DeleteAsync(id, cancellationToken);
        }
        catch (RejectedException exception) when (exception.Code == FailureCodes.JobUnknown)
        {
            // Erased by somebody else meanwhile.
        }
    }
}
