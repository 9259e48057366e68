using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>The one place where failures become HTTP statuses and problem details.</summary>
internal static class Problems
{
    private const int RetryAfterSeconds = 2;

    /// <summary>The problem that tells a caller of an exception, without the inner workings of this service.</summary>
    public static ProblemView From(Exception exception) => exception switch
    {
        RejectedException rejected => Create(rejected.Code, rejected.Message, retryable: rejected.Code == FailureCodes.Unavailable),
        JobTransitionException => Create(FailureCodes.JobStateConflict, exception.Message),
        JobConflictException => Create(FailureCodes.JobStateConflict, $"{exception.Message} Try again.", retryable: true),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Create(FailureCodes.RequestTooLarge, "The request body has more bytes than allowed."),
        BadHttpRequestException => Create(FailureCodes.RequestInvalid, "The request could not be read to its end."),
        PoseFunctionsException { IsTransient: true } =>
            Create(FailureCodes.Unavailable, "Something that this service needs does not answer at the moment. Try again.", retryable: true),
        _ => Create(FailureCodes.Internal, "This service failed. The fault is recorded under the trace id."),
    };

    /// <summary>The HTTP response of a problem.</summary>
    public static IResult Response(HttpResponse response, ProblemView problem)
    {
        if (problem.Retryable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Results.Json(problem, ApiJsonContext.Default.ProblemView, "application/problem+json", problem.Status);
    }

    /// <summary>The HTTP status of a failure code.</summary>
    public static int StatusOf(string code) => code switch
    {
        FailureCodes.RequestInvalid or FailureCodes.TenantInvalid or FailureCodes.GeneratorUnsuitable => StatusCodes.Status400BadRequest,
        FailureCodes.JobUnknown or FailureCodes.ResultUnknown => StatusCodes.Status404NotFound,
        FailureCodes.JobStateConflict => StatusCodes.Status409Conflict,
        FailureCodes.ImageTooManyBytes or FailureCodes.RequestTooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureCodes.ImageFormatUnsupported or FailureCodes.MediaTypeUnsupported => StatusCodes.Status415UnsupportedMediaType,
        FailureCodes.Unavailable => StatusCodes.Status503ServiceUnavailable,
        FailureCodes.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static ProblemView Create(string code, string detail, bool retryable = false)
    {
        var status = StatusOf(code);
        return new(
            $"urn:posefunctions:problem:{code}",
            ReasonPhrases.GetReasonPhrase(status),
            status,
            detail,
            code,
            retryable,
            Activity.Current?.TraceId.ToString());
    }
}
