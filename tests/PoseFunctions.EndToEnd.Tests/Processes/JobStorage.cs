using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Journeys;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>What tests drop into storage, and see there of the jobs.</summary>
internal sealed class JobStorage(string connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly BlobServiceClient storage = new(connection);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Drops one of the sample photos.</summary>
    /// <param name="name">Name of the blob, without the tenant.</param>
    /// <param name="targets">How often it shall be rendered from the front.</param>
    /// <param name="tenant">Whose it is.</param>
    public async Task DropAsync(string name, int targets = 1, string tenant = "default")
    {
        await using var photo = File.OpenRead(SamplePhotos.All[0]);
        var metadata = new Dictionary<string, string> { ["poses"] = string.Join(',', Enumerable.Repeat("front", targets)) };
        await storage.GetBlobContainerClient("uploads").GetBlobClient($"{tenant}/{name}")
            .UploadAsync(photo, new BlobUploadOptions { Metadata = metadata }, Cancel);
    }

    /// <summary>Every record.</summary>
    public async Task<IReadOnlyList<JobRecord>> RecordsAsync()
    {
        var jobs = storage.GetBlobContainerClient("jobs");
        var records = new List<JobRecord>();
        await foreach (var blob in jobs.GetBlobsAsync(new GetBlobsOptions(), Cancel))
        {
            var content = await jobs.GetBlobClient(blob.Name).DownloadContentAsync(Cancel);
            records.Add(JsonSerializer.Deserialize(content.Value.Content, CoreJsonContext.Default.JobRecord)!);
        }

        return records;
    }

    /// <summary>Waits until records are as a test wants them.</summary>
    /// <returns>The records then.</returns>
    /// <exception cref="OperationCanceledException">They never were; the test's log has the last ones.</exception>
    public async Task<IReadOnlyList<JobRecord>> UntilAsync(Func<IReadOnlyList<JobRecord>, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        using var look = new PeriodicTimer(Look);
        while (true)
        {
            var records = await RecordsAsync();
            if (condition(records))
            {
                return records;
            }

            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Waited in vain; the jobs are {string.Join(", ", records.Select(record => record.State))}.");
            }

            await look.WaitForNextTickAsync(Cancel);
        }
    }

    /// <summary>The only job, once it is claimed.</summary>
    public async Task<JobRecord> ClaimedAsync() =>
        (await UntilAsync(records => records is [{ State: JobState.Running }]))[0];

    /// <summary>Names of all results.</summary>
    public async Task<IReadOnlyList<string>> ResultsAsync() => await NamesAsync("results");

    /// <summary>Names of all leases.</summary>
    public async Task<IReadOnlyList<string>> LeasesAsync() => await NamesAsync("workers");

    private async Task<IReadOnlyList<string>> NamesAsync(string container)
    {
        var names = new List<string>();
        await foreach (var blob in storage.GetBlobContainerClient(container).GetBlobsAsync(new GetBlobsOptions(), Cancel))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
