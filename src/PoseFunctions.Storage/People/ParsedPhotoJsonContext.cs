using System.Text.Json.Serialization;

namespace PoseFunctions.Storage.People;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ParsedPhotoDocument))]
internal sealed partial class ParsedPhotoJsonContext : JsonSerializerContext;
