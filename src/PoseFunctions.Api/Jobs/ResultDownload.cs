using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Jobs;

/// <summary>Streams generated images from storage to callers.</summary>
public sealed class ResultDownload(IJobStore jobs, IResultStore results)
{
    /// <summary>The image of one target, or 304 for a caller that has it.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.JobUnknown"/>, or <see cref="FailureCodes.ResultUnknown"/> when there is no such target or no
    /// result of it (yet).
    /// </exception>
    public async Task<IResult> RunAsync(HttpRequest request, JobId id, string index, CancellationToken cancellationToken)
    {
        var (record, _) = await jobs.GetAsync(id, cancellationToken);
        var target = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? record.Targets.ElementAtOrDefault(number)
            : null;
        var result = target?.Result ?? throw Unknown();

        var tag = EntityTags.OfResult(record, number);
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = $"\"{tag}\"";
        headers.CacheControl = "private, no-cache";
        if (EntityTags.Contains(request.KnownTags(), tag))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var content = await results.OpenAsync(id, number, result.Format, cancellationToken) ?? throw Unknown();
        headers.ContentLength = result.Length;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentDisposition = DispositionOf(target, result).ToString();
        return Results.Stream(content, result.Format.MediaType());
    }

    private static ContentDispositionHeaderValue DispositionOf(JobTarget target, JobResult result)
    {
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(
            string.Create(CultureInfo.InvariantCulture, $"{target.Index}-{target.Name}.{result.Format.Extension()}"));
        return disposition;
    }

    private static RejectedException Unknown() => new(FailureCodes.ResultUnknown, "There is no such result, or not yet.");
}
