using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Processes;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Journeys;

/// <summary>Photos in one account and what the host keeps in another, as the templates deploy them.</summary>
public sealed class TwoAccountsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FileDroppedIntoTheAccountOfThePhotos_BecomesAJobThereAndLeavesTheHostsToTheHost()
    {
        await using var ofPhotos = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        await using var ofHost = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        var settings = new Dictionary<string, string> { ["AzureWebJobsStorage"] = ofHost.ConnectionString };
        await using var host = await LocalHostProcess.StartAsync(
            new LocalHostArguments(ofPhotos.ConnectionString) { Apps = ["worker"], Settings = settings }, Cancel);

        await new JobStorage(host.StorageConnection).DropAsync("photo.jpg");
        var job = await new JobStorage(ofPhotos.ConnectionString).UntilAsync(records => records is [{ IsFinal: true }]);

        Assert.Equal(JobState.Succeeded, job[0].State);
        Assert.Contains(await QueuesAsync(ofPhotos), queue => queue == "pose-jobs");
        Assert.All(await QueuesAsync(ofPhotos), queue => Assert.DoesNotContain("azure-webjobs", queue, StringComparison.Ordinal));
        Assert.All(await QueuesAsync(ofHost), queue => Assert.StartsWith("azure-webjobs-blobtrigger-", queue, StringComparison.Ordinal));
        Assert.All(await ContainersAsync(ofHost), container => Assert.StartsWith("azure-webjobs", container, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> QueuesAsync(AzuriteProcess account) =>
        await new QueueServiceClient(account.ConnectionString).GetQueuesAsync(cancellationToken: Cancel).Select(queue => queue.Name).ToListAsync(Cancel);

    private static async Task<IReadOnlyList<string>> ContainersAsync(AzuriteProcess account) =>
        await new BlobServiceClient(account.ConnectionString).GetBlobContainersAsync(cancellationToken: Cancel)
            .Select(container => container.Name).ToListAsync(Cancel);
}
