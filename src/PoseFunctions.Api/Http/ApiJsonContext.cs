using System.Text.Json.Serialization;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Http;

/// <summary>JSON of everything that this API says.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(PoseListView))]
[JsonSerializable(typeof(ModelListView))]
[JsonSerializable(typeof(LivenessView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(BacklogView))]
[JsonSerializable(typeof(ErasureView))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
