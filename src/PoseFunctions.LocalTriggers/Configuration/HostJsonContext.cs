using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.LocalTriggers.Configuration;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(HostJson))]
internal sealed partial class HostJsonContext : JsonSerializerContext;
