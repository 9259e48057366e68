using System.Text.Json;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Requests;

/// <summary>Reads and writes requests as JSON. Unknown properties are refused, so that a misspelt option is noticed.</summary>
public static class TransferRequestJson
{
    private static readonly CoreJsonContext Strict = new(new JsonSerializerOptions(CoreJsonContext.Default.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    });

    /// <summary>Parses and checks a request.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static TransferRequest Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return TransferRequestRules.Check(JsonSerializer.Deserialize(utf8Json, Strict.TransferRequest)
                ?? throw new RejectedException(FailureCodes.RequestInvalid, "The request is not valid: it is null."));
        }
        catch (JsonException exception)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The request is not valid: {JsonFaults.Describe(exception, Strict.TransferRequest)}.", exception);
        }
    }

    /// <summary>UTF-8 JSON of a request.</summary>
    public static byte[] Write(TransferRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, CoreJsonContext.Default.TransferRequest);
}
