using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Erases everything of one tenant, as much as fits into one request; for operators.</summary>
public sealed class EraseTenantFunction(EraseTenantHandler handler)
{
    [Function("EraseTenant")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "operator/tenants/{tenant}")] HttpRequest request,
        string tenant,
        CancellationToken cancellationToken) =>
        Results.Json(await handler.EraseAsync(Tenant.Parse(tenant), cancellationToken), ApiJsonContext.Default.ErasureView);
}
