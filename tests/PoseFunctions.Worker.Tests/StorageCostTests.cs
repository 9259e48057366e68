using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Telemetry;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
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
        var operations = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Name: "posefunctions.storage.operations", Meter.Name: PoseFunctionsTelemetry.Name })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => operations.Add($"{tags[0].Value}"));

        var name = Path.GetFileName(photos[1]);
        var id = await worker.DropAsync(name, await File.ReadAllBytesAsync(photos[1], Cancel), Cancel, new() { ["poses"] = "front" });
        listener.Start();
        var job = await worker.HandleAsync(name, id, Cancel);
        listener.Dispose();

        // The last one is the test's own look at the record.
        var own = operations.Count - 1;
        output.WriteLine($"{own} operations: {string.Join(", ", operations.Reverse().Take(own))}");
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        Assert.InRange(own, 1, AtMost);
    }

    private static async Task RunAsync(WorkerUnderTest worker, string photo)
    {
        var name = Path.GetFileName(photo);
        var id = await worker.DropAsync(name, await File.ReadAllBytesAsync(photo, Cancel), Cancel, new() { ["poses"] = "front" });
        var job = await worker.HandleAsync(name, id, Cancel);
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
    }
}
