using System.Text.Json.Serialization;

namespace PoseFunctions.LocalHost.Http;

/// <summary>The answer of <c>/admin/host/status</c>, with the names of the Functions host.</summary>
/// <param name="Id">Host ids of all apps.</param>
/// <param name="State">Running or Stopping.</param>
/// <param name="Version">Of this host.</param>
/// <param name="ProcessUptime">In milliseconds.</param>
internal sealed record HostStatusReport(string Id, string State, string Version, long ProcessUptime);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostStatusReport))]
internal sealed partial class HostStatusJson : JsonSerializerContext;
