using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Api.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>JSON of the bodies that this API reads: nothing unknown, nothing twice, no null where a value is needed.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(Base64PhotoConverter)])]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(UploadBody))]
internal sealed partial class BodyJsonContext : JsonSerializerContext;
