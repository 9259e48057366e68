using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using PoseFunctions.LocalTriggers.Tests.Functions;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalTriggers.Tests;

// Each test has an emulator's container to itself, but receipts and the poison queue are the host's own and shared.
public sealed class BlobTriggerTests(AzuriteFixture azurite)
{
    private const string FunctionId = "Host.Functions.Parse";

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
            Blobs.BlobReceipts.NameOf(FunctionId, name, "t/orphan", etag.ToString()), "t/orphan", Cancel);
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
    public async Task Receipts_OfBlobsDeletedOrReplaced_AreDeletedToo()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, name);
        await using var engine = await StartAsync(options => options.ReceiptPruneInterval = TimeSpan.FromMilliseconds(10));
        await UploadAsync("t/deleted");
        await UploadAsync("t/replaced");
        await UploadAsync("t/kept");
        for (var blob = 0; blob < 3; blob++)
        {
            await probe.NextAsync();
        }

        await UploadAsync("t/replaced");
        await probe.NextAsync();
        await container.DeleteBlobAsync("t/deleted", cancellationToken: Cancel);

        string[] current = [await ReceiptOfAsync("t/replaced"), await ReceiptOfAsync("t/kept")];
        await UntilReceiptsAreAsync(current);
        await engine.StopAsync();
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Receipts_OfBlobsDeletedWhileNoHostRan_AreDeletedByTheNext()
    {
        const int Count = 50; // more than one scan deletes
        var dead = new Blobs.BlobReceipts(new(azurite.ConnectionString), TimeProvider.System, TimeSpan.Zero);
        await dead.CreateContainerAsync(Cancel);
        for (var i = 0; i < Count; i++)
        {
            var held = await dead.ClaimAsync(Blobs.BlobReceipts.NameOf(FunctionId, name, $"t/{i}", "etag"), $"t/{i}", Cancel);
            if (i % 2 == 0)
            {
                await dead.CompleteAsync(held.Claim!, Cancel);
            }
        }

        await using var engine = await StartAsync();

        await UntilReceiptsAreAsync([]);
    }

    [Fact]
    public async Task Receipts_OfABlobWhoseFunctionRuns_AreLeftAlone()
    {
        var release = new TaskCompletionSource();
        probe.Behaviour = (_, _) => release.Task;
        var container = new BlobContainerClient(azurite.ConnectionString, name);
        await using var engine = await StartAsync(options => options.ReceiptPruneInterval = TimeSpan.FromMilliseconds(10));
        await UploadAsync("t/running");
        await probe.NextAsync();
        var receipt = await ReceiptOfAsync("t/running");
        await container.DeleteBlobAsync("t/running", cancellationToken: Cancel);

        // Two blobs that come and go one after the other: the receipts were searched in between.
        foreach (var other in (string[])["t/one", "t/two"])
        {
            await UploadAsync(other);
            await probe.NextAsync();
        }

        Assert.Contains(receipt, await ReceiptsAsync());
        release.SetResult();
        await container.DeleteBlobAsync("t/one", cancellationToken: Cancel);
        await container.DeleteBlobAsync("t/two", cancellationToken: Cancel);
        await UntilReceiptsAreAsync([]);
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

    private async Task<string> ReceiptOfAsync(string blob)
    {
        var properties = await new BlobContainerClient(azurite.ConnectionString, name).GetBlobClient(blob).GetPropertiesAsync(cancellationToken: Cancel);
        return Blobs.BlobReceipts.NameOf(FunctionId, name, blob, properties.Value.ETag.ToString());
    }

    private async Task<string[]> ReceiptsAsync()
    {
        var receipts = new BlobContainerClient(azurite.ConnectionString, "azure-webjobs-hosts")
            .GetBlobsAsync(prefix: $"blobreceipts/{FunctionId}/{name}/", cancellationToken: Cancel);
        return await receipts.Select(receipt => receipt.Name).ToArrayAsync(Cancel);
    }

    private async Task UntilReceiptsAreAsync(string[] expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await ReceiptsAsync()).ToHashSet().SetEquals(expected))
        {
            await look.WaitForNextTickAsync(patience.Token);
        }
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
