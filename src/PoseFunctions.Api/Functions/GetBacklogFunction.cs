using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Counts the jobs of all tenants by state; for operators.</summary>
public sealed class GetBacklogFunction(BacklogHandler handler)
{
    [Function("GetBacklog")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "operator/backlog")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Json(await handler.CountAsync(cancellationToken), ApiJsonContext.Default.BacklogView);
}
