using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Functions;

/// <summary>Lists a tenant's jobs.</summary>
public sealed class ListJobsFunction(ListJobsHandler handler)
{
    [Function("ListJobs")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = JobQuery.From(request);
        var page = await handler.ListAsync(query, cancellationToken);
        var continuation = ContinuationToken.Write(query.Tenant, page.Continuation);
        var links = JobLinks.Like(request, "jobs");
        var items = page.Jobs.Select(job => new JobListItemView(job.Id, job.State, job.UpdatedAt, job.ExpiresAt, links.Job(job.Id)));
        return Results.Json(
            new JobListView([.. items], continuation, NextOf(request, links, continuation)), ApiJsonContext.Default.JobListView);
    }

    private static string? NextOf(HttpRequest request, JobLinks links, string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        // Only what belongs to the query: a function key may stand in the address, too, and must not be repeated.
        var query = new Dictionary<string, string?> { ["continuation"] = continuation };
        foreach (var name in (ReadOnlySpan<string>)["state", "limit"])
        {
            if (request.Query.TryGetValue(name, out var value))
            {
                query[name] = value.ToString();
            }
        }

        return QueryHelpers.AddQueryString(links.Jobs, query);
    }
}
