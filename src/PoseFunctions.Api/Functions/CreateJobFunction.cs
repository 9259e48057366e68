using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Takes a photo and what to do with it.</summary>
public sealed class CreateJobFunction(Intake intake, SubmissionReader reader, SubmitJobHandler handler, JobResponses responses)
{
    [Function("CreateJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var givenKey = request.IdempotencyKey();
        var key = givenKey ?? IdempotencyKeys.New();
        var id = JobId.FromIdempotencyKey(request.Tenant(), key);

        // A repeated request is answered without reading its photo again.
        var job = givenKey is null ? null : await handler.FindAsync(id, cancellationToken);
        if (job is null)
        {
            intake.RequireOpen();
            job = await handler.SubmitAsync(id, key, await reader.ReadAsync(request, cancellationToken), cancellationToken);
        }

        return await responses.JobAsync(request, job, cancellationToken, accepted: true);
    }
}
