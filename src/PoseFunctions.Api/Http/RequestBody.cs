using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Api.Http;

/// <summary>Reads request bodies within limits.</summary>
internal static class RequestBody
{
    /// <summary>Refuses a body that says it is longer, and has the server stop at one that does not say so.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestTooLarge"/>.</exception>
    public static void Limit(HttpRequest request, long maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            throw new RejectedException(
                FailureCodes.RequestTooLarge, $"The request body has {request.ContentLength} bytes; at most {maxBytes} are allowed.");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = maxBytes;
        }
    }

    /// <summary>Reads a JSON body of at most <paramref name="maxBytes"/>.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.RequestInvalid"/>, <see cref="FailureCodes.RequestTooLarge"/>, or
    /// <see cref="FailureCodes.MediaTypeUnsupported"/> for another media type.
    /// </exception>
    public static async Task<T> ReadJsonAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, long maxBytes, CancellationToken cancellationToken)
        where T : class
    {
        Limit(request, maxBytes);
        if (!request.HasJsonContentType())
        {
            throw new RejectedException(FailureCodes.MediaTypeUnsupported, "The body must be application/json.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken)
                ?? throw new RejectedException(FailureCodes.RequestInvalid, "The request is not valid: the body is null.");
        }
        catch (JsonException exception)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The request is not valid: {JsonFaults.Describe(exception, type)}.", exception);
        }
    }
}
