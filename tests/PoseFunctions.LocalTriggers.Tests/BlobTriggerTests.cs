using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using PoseFunctions.LocalTriggers.Tests.Functions;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalTriggers.Tests;

// Each test has an emulator's container to itself, but receipts and the poison queue are the host's own and shared.
public sealed class BlobTriggerTests(AzuriteFixture azurite)
{
    private readonly string name = AzuriteFixture.NewContainerName();
    private readonly Probe probe = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("shop/photo.jpg", "shop|photo.jpg")]
    [InlineData("shop/a/b/c.jpg", "shop|a/b/c.jpg")]
    [InlineData("shop/{x} ü %41.jpg", "shop|{x} ü %41.jpg")]
    public async Task Blob_New_GivesItsTokens(string blob, string expected)
    {
        await using var engine = await StartAsync();

        await UploadAsync(blob);

        Assert.Equal(expected, await probe.NextAsync());
    }

    [Fact]
    public async Task Blob_Overwritten_IsDeliveredAgain()
    {
        await using var engine = await StartAsync();
        await UploadAsync("t/a");
        await probe.NextAsync();

        await UploadAsync("t/a");

        Assert.Equal("t|a", await probe.NextAsync());
    }

    [Fact]
    public async Task Blob_HandledBeforeARestart_IsNotDeliveredAgain()
    {
        await using (var first = await StartAsync())
        {
            await UploadAsync("t/old");
            await probe.NextAsync();
            await first.StopAsync();
        }

        await using var second = await StartAsync();
        await UploadAsync("t/young");

        Assert.Equal("t|young", await probe.NextAsync());
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Blobs_TwoHostsOnOneContainer_AreDeliveredOnceEach()
    {
        const int Count = 40;
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var seen = new List<string>();

        for (var i = 0; i < Count; i++)
        {
            await UploadAsync($"t/{i}");
        }

        while (seen.Count < Count)
        {
            seen.Add(await probe.NextAsync());
        }

        await first.StopAsync();
        await second.StopAsync();
        Assert.Equal(Count, seen.Distinct().Count());
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Blob_FunctionAlwaysFails_GoesToPoisonAfterItsRuns()
    {
        probe.Behaviour = (_, _) => throw new InvalidOperationException("Always.");
        await using var engine = await StartAsync();

        await UploadAsync("t/bad");

        for (var run = 0; run < 3; run++)
        {
            await probe.NextAsync();
        }

        var message = await PoisonAsync();
        Assert.Contains("\"FunctionId\":\"Host.Functions.Parse\"", message, StringComparison.Ordinal);
        Assert.Contains("\"BlobName\":\"t/bad\"", message, StringComparison.Ordinal);
        await engine.StopAsync();
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Blob_HolderDies_IsTakenUpWhenItsClaimExpires()
    {
        // A process that is killed neither renews nor ends its claim.
        var service = new BlobServiceClient(azurite.ConnectionString);
        await UploadAsync("t/orphan");
        var etag = (await service.GetBlobContainerClient(name).GetBlobClient("t/orphan").GetPropertiesAsync(cancellationToken: Cancel)).Value.ETag;
        var dead = new Blobs.BlobReceipts(service, TimeProvider.System, TimeSpan.FromMilliseconds(300));
        await dead.CreateContainerAsync(Cancel);
        var held = await dead.ClaimAsync(
            Blobs.BlobReceipts.NameOf("Host.Functions.Parse", name, "t/orphan", etag.ToString()), "t/orphan", Cancel);
        Assert.NotNull(held.Claim);

        await using var engine = await StartAsync();

        Assert.Equal("t|orphan", await probe.NextAsync());
    }

    [Fact]
    public async Task Container_AThousandBlobs_AreAllDeliveredOnce()
    {
        const int Count = 1000;
        var container = new BlobContainerClient(azurite.ConnectionString, name);
        await container.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count), Cancel, async (i, token) => await container.UploadBlobAsync($"t/{i}", BinaryData.FromString("x"), token));
        await using var engine = await StartAsync();
        var seen = new HashSet<string>();

        for (var i = 0; i < Count; i++)
        {
            Assert.True(seen.Add(await probe.NextAsync()));
        }

        Assert.Equal(Count, seen.Count);
    }

    [Fact]
    public async Task Invoke_ByHand_RunsAsOftenAsAsked()
    {
        await using var engine = await StartAsync(options => options.ScanBlobs = false);
        await UploadAsync("t/many");

        for (var i = 0; i < 3; i++)
        {
            await engine.Blobs.InvokeAsync("Parse", "t/many", Cancel);
        }

        Assert.Equal(3, probe.Waiting);
    }

    private Task<EngineUnderTest> StartAsync(Action<LocalTriggerOptions>? configure = null) => EngineUnderTest.StartAsync(
        azurite.ConnectionString,
        probe,
        [typeof(BlobFunctions)],
        """{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": 16, "poisonBlobThreshold": 3 } } }""",
        new() { ["Container"] = name },
        configure);

    private async Task UploadAsync(string blob)
    {
        var container = new BlobContainerClient(azurite.ConnectionString, name);
        await container.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await container.GetBlobClient(blob).UploadAsync(BinaryData.FromString("x"), overwrite: true, Cancel);
    }

    private async Task<string> PoisonAsync()
    {
        var poison = new QueueClient(
            azurite.ConnectionString, "webjobs-blobtrigger-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancel);
        while (true)
        {
            var message = (await poison.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
            if (message?.Body.ToString().Contains(name, StringComparison.Ordinal) == true)
            {
                return message.Body.ToString();
            }
        }
    }
}
