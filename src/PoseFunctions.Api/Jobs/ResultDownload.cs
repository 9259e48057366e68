using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Jobs;

/// <summary>Streams generated images from storage to callers.</summary>
public sealed class ResultDownload(IJobStore jobs, IResultStore results)
{
    /// <summary>The image of one target: whole, a range of it, or nothing for a caller that has it.</summary>
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
        headers.CacheControl = "private, no-cache";
        if (EntityTags.Contains(request.KnownTags(), EntityTags.ValueOf(tag.Tag.ToString())))
        {
            headers.ETag = tag.ToString();
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var content = await results.OpenAsync(id, number, result.Format, cancellationToken) ?? throw Unknown();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentDisposition = DispositionOf(target, result).ToString();
        return Results.Stream(
            content,
            result.Format.MediaType(),
            lastModified: record.FinishedAt,
            entityTag: tag,
            enableRangeProcessing: IsRangeOfBytes(request));
    }

    // The framework takes ranges of any unit for ranges of bytes; one that is not known has to be ignored (RFC 9110, 14.2).
    private static bool IsRangeOfBytes(HttpRequest request) =>
        request.GetTypedHeaders().Range is not { } range || range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase);

    private static ContentDispositionHeaderValue DispositionOf(JobTarget target, JobResult result)
    {
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(
            string.Create(CultureInfo.InvariantCulture, $"{target.Index}-{target.Name}.{result.Format.Extension()}"));
        return disposition;
    }

    private static RejectedException Unknown() => new(FailureCodes.ResultUnknown, "There is no such result, or not yet.");
}
