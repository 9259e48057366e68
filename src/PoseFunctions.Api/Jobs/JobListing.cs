using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Jobs;

/// <summary>Answers with one page of jobs and the way to the next one.</summary>
public sealed class JobListing(ListJobsHandler handler)
{
    /// <summary>One page of a query.</summary>
    public async Task<IResult> PageAsync(HttpRequest request, JobQuery query, JobLinks links, CancellationToken cancellationToken)
    {
        var page = await handler.ListAsync(query, cancellationToken);
        var continuation = ContinuationToken.Write(query.Tenant, page.Continuation);
        var items = page.Jobs.Select(job => new JobListItemView(job.Id, job.State, job.UpdatedAt, job.ExpiresAt, links.Job(job.Id)));
        return Results.Json(
            new JobListView([.. items], continuation, NextOf(request, continuation)), ApiJsonContext.Default.JobListView);
    }

    private static string? NextOf(HttpRequest request, string? continuation)
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

        return QueryHelpers.AddQueryString($"{request.PathBase}{request.Path}", query);
    }
}
