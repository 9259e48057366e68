using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Storage.Telemetry;

/// <summary>
/// Counts every request that goes to storage, retries included, as <c>posefunctions.storage.operations</c> with the tag
/// <c>operation</c>.
/// </summary>
internal sealed class CountingPolicy(StorageOperations names) : HttpPipelineSynchronousPolicy
{
    public const string CounterName = "posefunctions.storage.operations";

    private static readonly Counter<long> Requests = PoseFunctionsTelemetry.Meter.CreateCounter<long>(
        CounterName, "{operation}", "Requests to blob and queue storage, retries included.");

    public override void OnSendingRequest(HttpMessage message) =>
        Requests.Add(1, new KeyValuePair<string, object?>("operation", names.NameOf(message.Request)));
}
