using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalTriggers.Tests.Functions;

public sealed class BlobFunctions(Probe probe)
{
    [Function("Parse")]
    public Task ParseAsync(
        [BlobTrigger("%Container%/{tenant}/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string tenant,
        string name,
        CancellationToken cancellationToken) =>
        blob.Name == $"{tenant}/{name}"
            ? probe.CallAsync($"{tenant}|{name}", cancellationToken)
            : throw new InvalidOperationException("The tokens are not those of the name.");
}
