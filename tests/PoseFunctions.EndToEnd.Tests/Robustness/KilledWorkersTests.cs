using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>Real worker processes, real storage, real models, and <c>kill -9</c> at random moments.</summary>
[Collection(AloneCollection.Name)]
public sealed class KilledWorkersTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Jobs = 200;
    private const int Kills = 40;
    private const int KillsUntilAHostDies = 5;
    private const int Workers = 2;

    private static readonly TimeSpan TakenUpAgainWithin = TimeSpan.FromSeconds(10);

    // On two quiet cores a host and its first worker are ready within this; a machine that takes longer is given as much longer.
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoHundredJobs_WorkersKilledFortyTimes_EveryJobSucceedsOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var storage = new BlobServiceClient(azurite.ConnectionString);
        var workers = new List<LocalHostProcess>();
        var takenUp = new ConcurrentBag<TimeSpan>();
        var watches = new List<Task>();
        var starts = new List<TimeSpan>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        try
        {
            while (workers.Count < Workers)
            {
                workers.Add(await StartAsync(starts));
            }

            for (var kill = 0; kill < Kills; kill++)
            {
                // Photos keep coming, so that there is work to lose at every kill.
                await DropPhotosAsync(workers[^1], kill * Jobs / Kills, (kill + 1) * Jobs / Kills);

                // The moment has to be random in time, not in progress: that is what the test is about.
                await Task.Delay(random.Next(50, 800), patience.Token);
                var victim = workers[random.Next(workers.Count)];
                var lease = victim.LeaseId;
                if (kill % KillsUntilAHostDies != 0)
                {
                    var warm = victim.WarmWorkers;
                    await victim.KillWorkerAsync(patience.Token);
                    watches.AddRange(await WatchOrphansAsync(storage, lease, takenUp, patience.Token));
                    await victim.UntilWarmAsync(warm + 1, patience.Token);
                    continue;
                }

                workers.Remove(victim);
                await victim.KillAsync();
                watches.AddRange(await WatchOrphansAsync(storage, lease, takenUp, patience.Token));
                await victim.DisposeAsync();
                workers.Add(await StartAsync(starts));
            }

            await Task.WhenAll(watches);
            var records = await AllFinalAsync(storage, patience.Token);
            Assert.Equal(Jobs, records.Count);
            Assert.All(records, record => Assert.Equal(JobState.Succeeded, record.State));
            Assert.All(records, record => Assert.All(record.Targets, target => Assert.NotNull(target.Result)));
            var results = storage.GetBlobContainerClient("results").GetBlobs(new GetBlobsOptions(), Cancel).Count();
            Assert.Equal(records.Sum(record => record.Targets.Count), results);

            var times = takenUp.Order().ToArray();
            Assert.NotEmpty(times);
            var p95 = times[(int)Math.Ceiling(0.95 * times.Length) - 1];
            output.WriteLine($"{Jobs} jobs, {Kills} kills, {times.Length} claims lost, attempts {records.Sum(record => record.Attempt)}");
            output.WriteLine($"taken up again after p50 {times[times.Length / 2].TotalSeconds:0.0} s, p95 {p95.TotalSeconds:0.0} s, worst {times[^1].TotalSeconds:0.0} s");
            var slowness = Math.Max(1, starts.Average(start => start / UsualStart));
            output.WriteLine($"{starts.Count} starts took {slowness:0.00} times as long as usual");
            Assert.True(p95 <= TakenUpAgainWithin * slowness, $"p95 {p95}");
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    private static async Task DropPhotosAsync(LocalHostProcess host, int first, int end)
    {
        var photos = Directory.GetFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg");
        Array.Sort(photos, StringComparer.Ordinal);
        var uploads = new BlobContainerClient(host.StorageConnection, "uploads");
        for (var job = first; job < end; job++)
        {
            using var photo = File.OpenRead(photos[job % photos.Length]);
            await uploads.GetBlobClient($"default/photo-{job}.jpg").UploadAsync(
                photo, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["poses"] = "front" } }, Cancel);
        }
    }

    /// <summary>Finds the jobs that the dead worker had claimed, and times how soon another claims or ends each.</summary>
    private static async Task<IEnumerable<Task>> WatchOrphansAsync(
        BlobServiceClient storage, string? lease, ConcurrentBag<TimeSpan> takenUp, CancellationToken cancellationToken)
    {
        var killed = Stopwatch.GetTimestamp();
        var jobs = storage.GetBlobContainerClient("jobs");
        var watches = new List<Task>();
        await foreach (var blob in jobs.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
        {
            if (lease is not null && blob.Metadata.TryGetValue("owner", out var owner) && owner == lease)
            {
                watches.Add(WatchAsync(jobs.GetBlobClient(blob.Name)));
            }
        }

        return watches;

        async Task WatchAsync(BlobClient blob)
        {
            using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await look.WaitForNextTickAsync(cancellationToken))
            {
                var metadata = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata;
                if (!metadata.TryGetValue("owner", out var owner) || owner != lease)
                {
                    takenUp.Add(Stopwatch.GetElapsedTime(killed));
                    return;
                }
            }
        }
    }

    private static async Task<IReadOnlyList<JobRecord>> AllFinalAsync(BlobServiceClient storage, CancellationToken cancellationToken)
    {
        var jobs = storage.GetBlobContainerClient("jobs");
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var records = new List<JobRecord>();
            await foreach (var blob in jobs.GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
            {
                var content = await jobs.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);
                records.Add(JsonSerializer.Deserialize(content.Value.Content, CoreJsonContext.Default.JobRecord)!);
            }

            if (records.Count >= Jobs && records.All(record => record.IsFinal))
            {
                return records;
            }

            await look.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<LocalHostProcess> StartAsync(List<TimeSpan> starts)
    {
        var started = Stopwatch.GetTimestamp();
        var host = await LocalHostProcess.StartAsync(new LocalHostArguments(azurite.ConnectionString) { Apps = ["worker"] }, Cancel);
        await host.UntilWarmAsync(workers: 1, Cancel);
        starts.Add(Stopwatch.GetElapsedTime(started));
        return host;
    }
}
