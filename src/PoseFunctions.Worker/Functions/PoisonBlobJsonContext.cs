using System.Text.Json.Serialization;

namespace PoseFunctions.Worker.Functions;

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PoisonBlob))]
internal sealed partial class PoisonBlobJsonContext : JsonSerializerContext;
