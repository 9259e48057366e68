using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Cancels a job.</summary>
public sealed class CancelJobFunction(CancelJobHandler handler, JobResponses responses)
{
    [Function("CancelJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var job = await handler.CancelAsync(JobFinder.IdOf(request, id), cancellationToken);
        return await responses.JobAsync(request, job, cancellationToken);
    }
}
