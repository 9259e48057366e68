using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Hands out URLs by which photos go straight into storage.</summary>
public sealed class CreateUploadFunction(Intake intake, CreateUploadHandler handler)
{
    private const long MaxBodyBytes = 1_000_000;

    [Function("CreateUpload")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "uploads")] HttpRequest request, CancellationToken cancellationToken)
    {
        intake.RequireOpen();
        var tenant = request.Tenant();
        var key = request.IdempotencyKey();
        var body = UploadBody.Check(
            await RequestBody.ReadJsonAsync(request, BodyJsonContext.Default.UploadBody, MaxBodyBytes, cancellationToken));
        var upload = await handler.CreateAsync(tenant, key, body, JobLinks.Like(request, "uploads"), cancellationToken);
        return Results.Json(upload, ApiJsonContext.Default.UploadView, statusCode: StatusCodes.Status201Created);
    }
}
