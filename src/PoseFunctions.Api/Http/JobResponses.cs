using System.Globalization;
using Microsoft.AspNetCore.Http;
using PoseFunctions.Api.Views;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>Answers with a job: its view, its tag, and when to ask again.</summary>
public sealed class JobResponses(JobViewFactory views)
{
    private const double MinRetrySeconds = 1;
    private const double MaxRetrySeconds = 30;

    /// <summary>The job as it is: 200, or 202 with its location for one just accepted.</summary>
    public async Task<IResult> JobAsync(
        HttpRequest request, StoredJob job, CancellationToken cancellationToken, bool accepted = false)
    {
        var links = JobLinks.Like(request, "jobs");
        var view = await views.CreateAsync(job.Record, links, cancellationToken);
        var headers = Describe(request, job.Version);
        if (!job.Record.IsFinal)
        {
            headers.RetryAfter = RetryAfter(view).ToString(CultureInfo.InvariantCulture);
        }

        if (accepted)
        {
            headers.Location = links.Job(job.Record.Id);
        }

        return Results.Json(
            view, ApiJsonContext.Default.JobView, statusCode: accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>304 for a caller that knows this version of a job, with the headers that the job itself would have.</summary>
    public static IResult NotModified(HttpRequest request, string version)
    {
        Describe(request, version);
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }

    private static IHeaderDictionary Describe(HttpRequest request, string version)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = EntityTags.OfJob(version);
        headers.CacheControl = "private, no-cache";
        return headers;
    }

    private static int RetryAfter(JobView view) =>
        (int)Math.Ceiling(Math.Clamp(view.Queue?.EstimatedSeconds ?? MinRetrySeconds, MinRetrySeconds, MaxRetrySeconds));
}
