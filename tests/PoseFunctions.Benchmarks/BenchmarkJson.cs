using System.Text.Json.Serialization;

namespace PoseFunctions.Benchmarks;

[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(GraphCost))]
[JsonSerializable(typeof(PyTorchReady))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
