using System.Text;
using System.Text.Json;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>Body of a request for an upload URL.</summary>
public sealed record UploadBody
{
    public string? FileName { get; init; }

    public UploadPurpose Purpose { get; init; }

    /// <summary>The transfer request; needed for a source photo, forbidden for a pose photo.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>Returns the body, or says what is wrong with it.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static UploadBody Check(UploadBody body) => (body.Purpose == UploadPurpose.Source) == body.Request.HasValue
        ? body
        : throw new RejectedException(
            FailureCodes.RequestInvalid, "The request is not valid: a source photo needs a request, and a pose photo has none.");

    /// <summary>The transfer request of a source photo.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public TransferRequest ReadRequest() => TransferRequestJson.Parse(Encoding.UTF8.GetBytes(Request!.Value.GetRawText()));
}
