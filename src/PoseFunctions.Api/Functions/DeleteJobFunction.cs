using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Erases a job and everything that came from its photo.</summary>
public sealed class DeleteJobFunction(DeleteJobHandler handler)
{
    [Function("DeleteJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        await handler.DeleteAsync(JobFinder.IdOf(request, id), cancellationToken);
        return Results.NoContent();
    }
}
