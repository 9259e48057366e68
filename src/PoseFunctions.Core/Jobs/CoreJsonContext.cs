using System.Text.Json.Serialization;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Jobs;

/// <summary>JSON of everything that Core keeps in storage or puts on a queue: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(WorkerLease))]
public sealed partial class CoreJsonContext : JsonSerializerContext;
