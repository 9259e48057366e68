using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Functions;

/// <summary>Tells where a job stands, at once or as soon as there is news.</summary>
public sealed class GetJobFunction(JobWatcher watcher, JobResponses responses)
{
    [Function("GetJob")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        // A caller who hangs up ends the request, but not the invocation.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.HttpContext.RequestAborted);
        var wait = request.PreferredWait();
        var (version, job) = await watcher.ReadAsync(
            JobFinder.IdOf(request, id), request.KnownTags(), wait ?? TimeSpan.Zero, stop.Token);
        if (wait is { } applied)
        {
            request.HttpContext.Response.Headers["Preference-Applied"] =
                string.Create(CultureInfo.InvariantCulture, $"wait={applied.TotalSeconds:0}");
        }

        return job is null
            ? JobResponses.NotModified(request, version)
            : await responses.JobAsync(request, job, cancellationToken);
    }
}
