using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Triggers;

/// <summary>New blobs, by event and by the look at the container, as the functions of the sample get them.</summary>
[Collection(BindingsCollection.Name)]
public sealed class BlobTriggerTests(BindingsFixture fixture, AzuriteFixture azurite)
{
    private const string PoisonQueue = "webjobs-blobtrigger-poison";

    private readonly SampleHost host = fixture.Host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_OfBlobInTheContainer_RunsTheFunction()
    {
        await UploadAsync("event", "acme/a b.txt", "content", overEvents: true);

        await host.Journal.WaitForAsync("EventClient", "acme/a b.txt content");
    }

    [Fact]
    public async Task Event_RunsOnlyFunctionsWhosePatternFits()
    {
        await UploadAsync("event", "others/1.txt", "no text", overEvents: true);
        await UploadAsync("event", "texts/1.txt", "a text", overEvents: true);

        await host.Journal.WaitForAsync("EventText", "1.txt a text");
        await host.Journal.WaitForAsync("EventClient", "texts/1.txt a text");
        await host.Journal.WaitForAsync("EventClient", "others/1.txt no text");
        Assert.Equal(["1.txt a text"], host.Journal.Of("EventText"));
    }

    [Fact]
    public async Task Event_PostedFromOutside_RunsTheFunction()
    {
        // Past the proxy, so that it makes no event of it.
        var blob = await UploadAsync("event", "outside.txt", "content", overEvents: false);
        var eventJson = JsonSerializer.Serialize(new[]
        {
            new
            {
                id = "1",
                topic = "/",
                subject = $"/blobServices/default/containers/{blob.BlobContainerName}/blobs/outside.txt",
                eventType = "Microsoft.Storage.BlobCreated",
                eventTime = DateTimeOffset.UnixEpoch,
                dataVersion = "",
                data = new { api = "PutBlob", blobType = "BlockBlob", eTag = "0x1", url = blob.Uri },
            },
        });
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/runtime/webhooks/blobs?functionName=Host.Functions.EventClient&code={SampleHost.MasterKey}")
        {
            Content = new StringContent(eventJson, Encoding.UTF8, "application/json"),
            Headers = { { "aeg-event-type", "Notification" } },
        };

        using var answer = await host.Http.SendAsync(request, Cancel);

        answer.EnsureSuccessStatusCode();
        await host.Journal.WaitForAsync("EventClient", "outside.txt content");
    }

    [Fact]
    public async Task WebHook_WithoutTheMasterKey_IsClosed()
    {
        using var answer = await host.Http.PostAsync(
            $"/runtime/webhooks/blobs?functionName=Host.Functions.EventClient&code={SampleHost.Key}", new StringContent("[]"), Cancel);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Blob_InPolledContainer_RunsTheFunction()
    {
        await UploadAsync("polled", "clients/1.txt", "content", overEvents: false);
        await UploadAsync("polled", "texts/1.txt", "content", overEvents: false);

        await host.Journal.WaitForAsync("PolledClient", "1.txt clients/1.txt");
        await host.Journal.WaitForAsync("PolledText", "1.txt content");
    }

    [Fact]
    public async Task Blob_WhoseFunctionFails_IsPoisonAfterTheTriesOfHostJson()
    {
        await UploadAsync("polled", "bad/1.txt", "content", overEvents: false);

        var poison = new QueueClient(azurite.ConnectionString, PoisonQueue);
        await Eventually.SeeAsync(
            async () => await poison.ExistsAsync(Cancel) ? (await poison.PeekMessagesAsync(32, Cancel)).Value : [],
            messages => messages.Any(message => Text(message.Body).Contains($"{host.Prefix}-polled", StringComparison.Ordinal)));
        Assert.Equal(["1.txt", "1.txt"], host.Journal.Of("PolledFail"));

        static string Text(BinaryData body) => Encoding.UTF8.GetString(Convert.FromBase64String(body.ToString()));
    }

    private async Task<BlobClient> UploadAsync(string container, string name, string content, bool overEvents)
    {
        var blob = (await host.ContainerAsync(container, overEvents)).GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString(content), overwrite: true, Cancel);
        return blob;
    }
}
