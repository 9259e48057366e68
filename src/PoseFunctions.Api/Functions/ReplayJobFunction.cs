using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Does a job that succeeded once more, as another job, by the same model and from the same seed.</summary>
public sealed class ReplayJobFunction(Intake intake, ReplayJobHandler handler, JobResponses responses)
{
    [Function("ReplayJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        intake.RequireOpen();
        var original = JobFinder.IdOf(request, id);
        var key = request.IdempotencyKey() ?? IdempotencyKeys.New();
        var job = await handler.ReplayAsync(original, JobId.FromIdempotencyKey(original.Tenant, key), key, cancellationToken);
        return await responses.JobAsync(request, job, cancellationToken, accepted: true);
    }
}
