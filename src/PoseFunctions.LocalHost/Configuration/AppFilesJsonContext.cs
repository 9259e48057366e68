using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>The files in an app's folder that say what it is.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(WorkerConfigFile))]
[JsonSerializable(typeof(IReadOnlyList<FunctionMetadata>))]
[JsonSerializable(typeof(FunctionMetadata))]
internal sealed partial class AppFilesJsonContext : JsonSerializerContext;
