using System.Text.Json.Serialization;

namespace PoseFunctions.Benchmarks;

[JsonSerializable(typeof(double[]))]
internal sealed partial class SecondsJson : JsonSerializerContext;
