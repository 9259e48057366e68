using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Worker.Functions;

/// <summary>An uploaded photo becomes a job, whichever way it came.</summary>
public sealed class ParseUploadFunction(UploadHandler handler)
{
    /// <summary>Runs once or more for every version of every blob in the uploads container.</summary>
    [Function("ParseUpload")]
    public Task RunAsync(
        [BlobTrigger("uploads/{tenant}/{name}", Connection = "Storage", Source = BlobTriggerSource.EventGrid)] BlobClient photo,
        string tenant,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return handler.HandleAsync(tenant, name, cancellationToken);
    }
}
