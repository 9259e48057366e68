using System.Text.Json.Serialization;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Http;

/// <summary>JSON of everything that this API says, and of the bodies that it reads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(PoseListView))]
[JsonSerializable(typeof(ModelListView))]
[JsonSerializable(typeof(LivenessView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(UploadBody))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
