using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Core.Intake;
using PoseFunctions.Worker.Uploads;

namespace PoseFunctions.Worker.Functions;

/// <summary>An uploaded photo becomes a job, whichever way it came.</summary>
public sealed class ParseUploadFunction(UploadDelivery uploads)
{
    /// <summary>Runs once or more for every version of every blob in the uploads container.</summary>
    /// <param name="photo">The blob; here only because a trigger has to be bound to something.</param>
    /// <param name="name">Its whole name.</param>
    /// <param name="cancellationToken">The worker has to stop.</param>
    [Function("ParseUpload")]
    public Task RunAsync(
        [BlobTrigger("uploads/{name}", Connection = "Photos", Source = BlobTriggerSource.EventGrid)] BlobClient photo,
        string name,
        CancellationToken cancellationToken) => uploads.HandleAsync(UploadName.Parse(name), cancellationToken);
}
