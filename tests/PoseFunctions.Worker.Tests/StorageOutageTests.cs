using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Time;
using PoseFunctions.Worker.Functions;
using PoseFunctions.Worker.Uploads;
using Xunit;

namespace PoseFunctions.Worker.Tests;

public sealed class StorageOutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ParseUpload_EventArrivesTwiceWhileStorageIsAwayForAMinute_PhotoSucceeds()
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        await using var wire = new StorageWire(azurite.BlobPort);
        var storage = azurite.ConnectionString.Replace(
            azurite.BlobPort.ToString(CultureInfo.InvariantCulture), wire.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var worker = await WorkerUnderTest.StartAsync(storage, models: null, Cancel, [new("Storage:MaxRetries", "0")]);
        var photo = await File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", "person-0.jpg"), Cancel);
        var id = await worker.DropAsync("photo.jpg", photo, Cancel, new() { ["poses"] = "front" });
        var clock = new FakeTimeProvider();

        await wire.CutAsync();
        Task[] deliveries = [DeliverAsync(worker, storage, clock), DeliverAsync(worker, storage, clock)];
        for (var away = TimeSpan.Zero; away < Outage; away += Step)
        {
            await UntilAllWaitAsync(deliveries, clock);
            clock.Advance(Step);
        }

        await UntilAllWaitAsync(deliveries, clock);
        wire.Mend();
        clock.Advance(Step);
        await Task.WhenAll(deliveries);

        await worker.Services.GetRequiredService<RunJobHandler>().HandleAsync(new(JobMessage.CurrentSchemaVersion, id, TraceParent: null), Cancel);
        var jobs = worker.Services.GetRequiredService<IJobStore>();
        Assert.Equal(JobState.Succeeded, (await jobs.FindAsync(id, Cancel))!.Record.State);
        Assert.Single((await jobs.ListAsync(Tenant.Default, 100, continuation: null, Cancel)).Jobs);
    }

    private static Task DeliverAsync(WorkerUnderTest worker, string storage, FakeTimeProvider clock)
    {
        var delivery = new UploadDelivery(worker.Services.GetRequiredService<UploadHandler>(), clock, NullLogger<UploadDelivery>.Instance);
        return new ParseUploadFunction(delivery).RunAsync(new BlobClient(storage, "uploads", "default/photo.jpg"), "default/photo.jpg", Cancel);
    }

    private static async Task UntilAllWaitAsync(Task[] deliveries, FakeTimeProvider clock)
    {
        var ended = await Task.WhenAny([clock.WaitForTimersAsync(deliveries.Length, Cancel), .. deliveries]);
        await ended;
        Assert.All(deliveries, delivery => Assert.False(delivery.IsCompleted));
    }
}
