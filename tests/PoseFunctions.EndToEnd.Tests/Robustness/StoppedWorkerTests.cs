using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>A real worker process is frozen past its claim, and wakes when another one has finished its job.</summary>
public sealed class StoppedWorkerTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Targets = 24;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FrozenWorker_WakesAfterAnotherFinishedItsJob_IsRefusedByTheFencingNumber()
    {
        await using var frozen = await StartAsync();
        var storage = new BlobServiceClient(frozen.StorageConnection);
        await DropPhotoAsync(storage);
        var job = await FindAsync(storage, "running");
        frozen.SuspendWorker();

        await using var other = await StartAsync();
        await FindAsync(storage, "succeeded");
        var finished = (await job.GetPropertiesAsync(cancellationToken: Cancel)).Value.ETag;
        frozen.ResumeWorker();
        await UntilAsync(() => Task.FromResult(frozen.Log.Contains("is dropped", StringComparison.Ordinal)));

        Assert.Equal(finished, (await job.GetPropertiesAsync(cancellationToken: Cancel)).Value.ETag);
        Assert.Equal(Targets, storage.GetBlobContainerClient("results").GetBlobs(new GetBlobsOptions(), Cancel).Count());
    }

    private static async Task DropPhotoAsync(BlobServiceClient storage)
    {
        await using var photo = File.OpenRead(RepositoryRoot.Combine("models", "samples", "person-5.jpg"));
        var poses = string.Join(',', Enumerable.Repeat("front", Targets));
        await storage.GetBlobContainerClient("uploads").GetBlobClient("default/photo.jpg").UploadAsync(
            photo, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["poses"] = poses } }, Cancel);
    }

    private static async Task<BlobClient> FindAsync(BlobServiceClient storage, string state)
    {
        var jobs = storage.GetBlobContainerClient("jobs");
        string? name = null;
        await UntilAsync(async () =>
        {
            await foreach (var blob in jobs.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, Cancel))
            {
                name = string.Equals(blob.Metadata["state"], state, StringComparison.OrdinalIgnoreCase) ? blob.Name : name;
            }

            return name is not null;
        });
        return jobs.GetBlobClient(name);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            await look.WaitForNextTickAsync(patience.Token);
        }
    }

    private Task<LocalHostProcess> StartAsync() => LocalHostProcess.StartAsync(
        new LocalHostArguments(azurite.ConnectionString) { Apps = ["worker"] }, Cancel);
}
