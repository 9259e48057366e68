using System.Text.Json;
using Azure.Storage.Queues;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Storage.Transfers;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class StorageJobQueueTests(AzuriteFixture azurite) : JobQueueContract, IAsyncLifetime
{
    private QueueClient queue = null!;

    protected override IJobQueue Queue => new StorageJobQueue(queue);

    public async ValueTask InitializeAsync() => queue = await StorageUnderTest.Clients(azurite).NewQueueAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task SendAsync_Message_IsBase64OfJsonThatDoesNotExpire()
    {
        var message = JobMessage.For(AJob.Queued());
        using var probe = new StorageOperationProbe();

        await Queue.SendAsync(message, Cancellation);

        Assert.Equal(["queue.send"], probe.Operations);
        var raw = new QueueClient(azurite.ConnectionString, queue.Name, new() { MessageEncoding = QueueMessageEncoding.None });
        var peeked = (await raw.PeekMessageAsync(Cancellation)).Value;
        using var json = JsonDocument.Parse(Convert.FromBase64String(peeked.MessageText));
        Assert.Equal(message.JobId.ToString(), json.RootElement.GetProperty("jobId").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.True(peeked.ExpiresOn > peeked.InsertedOn!.Value.AddYears(50));
    }

    protected override async Task<JobMessage?> ReceiveAsync()
    {
        var received = await queue.ReceiveMessageAsync(cancellationToken: Cancellation);
        return received.Value is null
            ? null
            : JsonSerializer.Deserialize(received.Value.Body, CoreJsonContext.Default.JobMessage);
    }
}
