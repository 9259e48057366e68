using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Lets a failed job run once more; for operators.</summary>
public sealed class RetryJobFunction(RetryJobHandler handler, JobResponses responses)
{
    [Function("RetryJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "jobs/{id}/retry")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var job = await handler.RetryAsync(JobFinder.IdOf(request, id), cancellationToken);
        return await responses.JobAsync(request, job, cancellationToken, accepted: true);
    }
}
