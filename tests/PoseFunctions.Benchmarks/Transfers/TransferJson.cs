using System.Text.Json.Serialization;

namespace PoseFunctions.Benchmarks.Transfers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TransferReport))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, float[]?[]>>), TypeInfoPropertyName = "TargetsByPhoto")]
internal sealed partial class TransferJson : JsonSerializerContext;
