using System.Text.Json.Serialization;

namespace PoseFunctions.Cli.Service;

/// <summary>JSON that comes from the service. Unknown members are ignored: a newer service may say more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(PoseList))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(BacklogView))]
[JsonSerializable(typeof(ErasureView))]
internal sealed partial class ServiceJson : JsonSerializerContext;
