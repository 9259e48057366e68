using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Storage;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>
/// Keeps when timers ran last in the host's storage account, where the Functions host keeps it: it lives as long as the
/// data, and not in files of this machine that outlive them.
/// </summary>
internal sealed class BlobScheduleMonitor(IAzureBlobStorageProvider storage, IHostIdProvider hostId) : ScheduleMonitor
{
    public override async Task<ScheduleStatus?> GetStatusAsync(string timerName)
    {
        try
        {
            var content = await Container.GetBlobClient(await NameAsync(timerName)).DownloadContentAsync();
            return content.Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        await Container.CreateIfNotExistsAsync();
        await Container.GetBlobClient(await NameAsync(timerName)).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true);
    }

    private BlobContainerClient Container => storage.TryCreateHostingBlobContainerClient(out var container)
        ? container
        : throw new LocalHostException("timers need a storage account: set AzureWebJobsStorage.");

    private async Task<string> NameAsync(string timerName) =>
        $"timers/{await hostId.GetHostIdAsync(CancellationToken.None)}/{timerName}/status";
}
