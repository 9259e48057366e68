using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalHost.Sample.Functions;

public sealed class BlobFunctions(Journal journal)
{
    [Function("EventClient")]
    public async Task EventClientAsync(
        [BlobTrigger("%SAMPLE_PREFIX%-event/{name}", Source = BlobTriggerSource.EventGrid, Connection = "SampleData")] BlobClient blob,
        string name,
        CancellationToken cancellationToken)
    {
        var content = await blob.DownloadContentAsync(cancellationToken);
        journal.Write("EventClient", $"{name} {content.Value.Content}");
    }

    [Function("EventText")]
    public void EventText(
        [BlobTrigger("%SAMPLE_PREFIX%-event/texts/{name}", Source = BlobTriggerSource.EventGrid, Connection = "SampleData")] string content,
        string name) => journal.Write("EventText", $"{name} {content}");

    [Function("PolledClient")]
    public void PolledClient([BlobTrigger("%SAMPLE_PREFIX%-polled/clients/{name}")] BlobClient blob, string name) =>
        journal.Write("PolledClient", $"{name} {blob.Name}");

    [Function("PolledText")]
    public void PolledText([BlobTrigger("%SAMPLE_PREFIX%-polled/texts/{name}")] string content, string name) =>
        journal.Write("PolledText", $"{name} {content}");

    [Function("PolledFail")]
    public void PolledFail([BlobTrigger("%SAMPLE_PREFIX%-polled/bad/{name}")] string content, string name)
    {
        journal.Write("PolledFail", name);
        throw new InvalidOperationException($"fails on purpose with {content}");
    }
}
