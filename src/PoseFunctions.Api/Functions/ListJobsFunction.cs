using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Lists a tenant's jobs.</summary>
public sealed class ListJobsFunction(JobListing listing)
{
    [Function("ListJobs")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken) =>
        listing.PageAsync(request, JobQuery.From(request), JobLinks.Like(request, "jobs"), cancellationToken);
}
