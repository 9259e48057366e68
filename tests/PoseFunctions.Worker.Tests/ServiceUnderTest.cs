using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Api;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Worker.Functions;

namespace PoseFunctions.Worker.Tests;

/// <summary>Both apps over a real storage emulator and real models; the test delivers the events to the function classes.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly IHost host;
    private readonly BlobServiceClient blobs;
    private readonly QueueClient queue;

    private ServiceUnderTest(IHost host, string storage)
    {
        this.host = host;
        blobs = new(storage);
        queue = new(storage, "pose-jobs", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
    }

    public IServiceProvider Services => host.Services;

    public IJobStore Jobs => Services.GetRequiredService<IJobStore>();

    public Interruption Interruption => Services.GetRequiredService<Interruption>();

    /// <param name="storage">Connection string.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <param name="models">Folder of model folders; null for those that ship.</param>
    public static async Task<ServiceUnderTest> StartAsync(string storage, CancellationToken cancellationToken, string? models = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Photos"] = storage;
        builder.Configuration["Inference:IntraOpThreads"] = "2";

        // Tests look at what lies between two stages.
        builder.Configuration["Transfers:RunAtOnce"] = "false";
        if (models is not null)
        {
            builder.Configuration["Inference:ModelsPath"] = models;
            builder.Configuration["Api:ModelsFolder"] = models;
        }

        builder.AddPoseFunctionsWorker();
        builder.Services.AddPoseFunctionsApi();
        builder.Services.AddSingleton<Interruption>();
        Decorate<IParsedPhotoStore>(builder.Services, (inner, interruption) => new InterruptedParsedPhotoStore(inner, interruption));
        Decorate<IResultStore>(builder.Services, (inner, interruption) => new InterruptedResultStore(inner, interruption));
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host, storage);
    }

    /// <summary>Drops a photo into storage, as any storage tool does.</summary>
    public async Task DropAsync(string fullName, byte[] photo, CancellationToken cancellationToken, Dictionary<string, string>? metadata = null)
    {
        var options = new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata };
        await blobs.GetBlobContainerClient("uploads").GetBlobClient(fullName).UploadAsync(BinaryData.FromBytes(photo), options, cancellationToken);
    }

    /// <summary>Submits a job, as a POST does.</summary>
    public async Task<JobId> SubmitAsync(string key, JobSubmission submission, CancellationToken cancellationToken)
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, key);
        await Services.GetRequiredService<SubmitJobHandler>().SubmitAsync(id, key, fingerprint: null, submission, cancellationToken);
        return id;
    }

    /// <summary>Delivers the event of an upload once.</summary>
    public Task ParseAsync(string tenant, string name, CancellationToken cancellationToken) =>
        ActivatorUtilities.CreateInstance<ParseUploadFunction>(Services).RunAsync(
            blobs.GetBlobContainerClient("uploads").GetBlobClient($"{tenant}/{name}"), $"{tenant}/{name}", cancellationToken);

    /// <summary>Takes every message out of the queue.</summary>
    public async Task<IReadOnlyList<BinaryData>> TakeMessagesAsync(CancellationToken cancellationToken)
    {
        var bodies = new List<BinaryData>();
        while ((await queue.ReceiveMessagesAsync(QueueBatch, cancellationToken: cancellationToken)).Value is { Length: > 0 } messages)
        {
            foreach (QueueMessage message in messages)
            {
                bodies.Add(message.Body);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }
        }

        return bodies;
    }

    /// <summary>Delivers a message once.</summary>
    public Task RunAsync(BinaryData message, CancellationToken cancellationToken) =>
        ActivatorUtilities.CreateInstance<RunJobFunction>(Services).RunAsync(message, cancellationToken);

    /// <summary>Erases a job, as a DELETE does.</summary>
    public Task DeleteAsync(JobId id, CancellationToken cancellationToken) =>
        Services.GetRequiredService<DeleteJobHandler>().DeleteAsync(id, cancellationToken);

    /// <summary>Everything in every container but the leases of workers, as <c>{container}/{blob}</c>.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync(cancellationToken: cancellationToken))
            {
                names.Add($"{container.Name}/{blob.Name}");
            }
        }

        names.RemoveAll(name => name.StartsWith("workers/", StringComparison.Ordinal));
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private const int QueueBatch = 32;

    private static void Decorate<T>(IServiceCollection services, Func<T, Interruption, T> decorate)
        where T : class
    {
        var original = services.Last(service => service.ServiceType == typeof(T)).ImplementationFactory!;
        services.AddSingleton(provider => decorate((T)original(provider), provider.GetRequiredService<Interruption>()));
    }
}
