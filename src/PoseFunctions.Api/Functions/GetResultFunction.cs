using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Gives out a generated image.</summary>
public sealed class GetResultFunction(ResultDownload download)
{
    [Function("GetResult")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/results/{index}")] HttpRequest request,
        string id,
        string index,
        CancellationToken cancellationToken) =>
        download.RunAsync(request, JobFinder.IdOf(request, id), index, cancellationToken);
}
