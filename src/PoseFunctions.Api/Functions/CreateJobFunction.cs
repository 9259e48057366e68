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
        var known = givenKey is null ? null : await handler.FindAsync(id, cancellationToken);
        if (known is null)
        {
            intake.RequireOpen();
        }

        var submission = await reader.ReadAsync(request, cancellationToken);
        var fingerprint = givenKey is null ? null : await RequestFingerprint.OfAsync(submission, cancellationToken);
        var job = known?.Require(fingerprint) ?? await handler.SubmitAsync(id, key, fingerprint, submission, cancellationToken);
        return await responses.JobAsync(request, job, cancellationToken, accepted: true);
    }
}
