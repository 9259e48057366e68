using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Lists the jobs of all tenants; for operators.</summary>
public sealed class ListAllJobsFunction(JobListing listing)
{
    [Function("ListAllJobs")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "operator/jobs")] HttpRequest request, CancellationToken cancellationToken) =>
        listing.PageAsync(request, JobQuery.OfAllTenants(request), JobLinks.Like(request, "operator"), cancellationToken);
}
