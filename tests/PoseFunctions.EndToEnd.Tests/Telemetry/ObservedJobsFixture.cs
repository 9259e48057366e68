using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>
/// Two jobs, one posted and one dropped into storage, through an API process and a worker process that export to a collector.
/// Both processes have ended, so everything they had to tell has been sent.
/// </summary>
public sealed class ObservedJobsFixture : IAsyncLifetime
{
    public const string CallersTrace = "0af7651916cd43dd8448eb211c80319c";
    public const string CallersSpan = "b7ad6b7169203331";

    private const string DroppersTenant = "observed-drop";

    private CollectorUnderTest? collector;

    public CollectorUnderTest Collector => collector ?? throw new InvalidOperationException("The fixture is used before xunit has initialised it.");

    /// <summary>Posted by a caller with a trace of its own; two targets.</summary>
    public JsonNode Posted { get; private set; } = new JsonObject();

    /// <summary>Dropped by a tool that knows of no traces; one target.</summary>
    public JsonNode Dropped { get; private set; } = new JsonObject();

    public async ValueTask InitializeAsync()
    {
        collector = await CollectorUnderTest.StartAsync();
        await using var azurite = await AzuriteProcess.StartAsync();
        var arguments = new LocalHostArguments(azurite.ConnectionString);
        await using var worker = await LocalHostProcess.StartAsync(Exporting(arguments, "worker"), CancellationToken.None);
        await using var api = await LocalHostProcess.StartAsync(Exporting(arguments, "api"), CancellationToken.None);
        using var client = new ServiceClient(new() { BaseAddress = api.Address, Timeout = TimeSpan.FromMinutes(3) });
        client.Http.DefaultRequestHeaders.Add("x-functions-key", arguments.Key);

        Posted = await PostAsync(client);
        Dropped = await DropAsync(client, worker.StorageConnection);
        await worker.StopAsync(CancellationToken.None);
        await api.StopAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => collector?.DisposeAsync() ?? ValueTask.CompletedTask;

    private LocalHostArguments Exporting(LocalHostArguments arguments, string app) => arguments with
    {
        Apps = [app],
        Settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = app,
        },
    };

    private static async Task<JsonNode> PostAsync(ServiceClient client)
    {
        // "Not sampled", as function hosts hand on where they do not trace themselves.
        client.Http.DefaultRequestHeaders.Add("traceparent", $"00-{CallersTrace}-{CallersSpan}-00");
        var photo = await File.ReadAllBytesAsync(SamplePhotos.All[0]);
        var accepted = await client.SubmitAsync(photo, "observed.jpg", ("poses", "front,walking"));
        client.Http.DefaultRequestHeaders.Remove("traceparent");
        return await client.WaitAsync(accepted["id"]!.GetValue<string>());
    }

    private static async Task<JsonNode> DropAsync(ServiceClient client, string storage)
    {
        await using var photo = File.OpenRead(SamplePhotos.All[1]);
        await new BlobContainerClient(storage, "uploads").GetBlobClient($"{DroppersTenant}/observed.jpg").UploadAsync(
            photo, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["poses"] = "front" } });
        string[] ids;
        do
        {
            ids = await client.ListAsync(DroppersTenant);
        }
        while (ids.Length == 0);

        return await client.WaitAsync(ids.Single());
    }
}
