using System.Text.Json.Nodes;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Counts what a job costs in storage operations.</summary>
public sealed class StorageCostTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int AtMost = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_DroppedPhotoWithOneTarget_TakesAtMostEightOperations()
    {
        // Heartbeats cost the same however many jobs run; here they would only blur the count.
        await using var worker = await WorkerUnderTest.StartAsync(
            azurite.ConnectionString, models: null, Cancel, new("Transfers:HeartbeatInterval", "00:04:00"), new("Transfers:LeaseDuration", "00:10:00"));
        var photos = Directory.GetFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg");
        Array.Sort(photos, StringComparer.Ordinal);

        // The first job also writes the worker's lease.
        await RunAsync(worker, photos[0]);
        var name = Path.GetFileName(photos[1]);
        var id = await worker.DropAsync(name, await File.ReadAllBytesAsync(photos[1], Cancel), Cancel, new() { ["poses"] = "front" });
        using var probe = new StorageOperationProbe();
        var job = await worker.HandleAsync(name, id, Cancel);

        // The last one is the test's own look at the record.
        var own = probe.Operations.SkipLast(1).ToArray();
        output.WriteLine($"{own.Length} operations: {string.Join(", ", own)}");
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        Assert.InRange(own.Length, 1, AtMost);

        // What the service is sized with.
        var inputs = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "benchmarks", "capacity.json"), Cancel))!;
        Assert.Equal(inputs["ownOperationsPerJob"]!["value"]!.GetValue<int>(), own.Length);
    }

    private static async Task RunAsync(WorkerUnderTest worker, string photo)
    {
        var name = Path.GetFileName(photo);
        var id = await worker.DropAsync(name, await File.ReadAllBytesAsync(photo, Cancel), Cancel, new() { ["poses"] = "front" });
        var job = await worker.HandleAsync(name, id, Cancel);
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
    }
}
