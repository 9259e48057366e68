using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;
using PoseFunctions.Core.Transfers;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.Parsing;
using PoseFunctions.Storage.Photos;
using PoseFunctions.Storage.Tenants;
using PoseFunctions.Storage.Transfers;

namespace PoseFunctions.Storage;

/// <summary>Registers the stores and the queue.</summary>
public static class StorageServiceCollectionExtensions
{
    private const string TriggerConnection = "AzureWebJobsStorage";

    /// <summary>
    /// Every store of Core and the jobs queue in the account that <see cref="StorageOptions"/> names, with their containers
    /// created when the host starts.
    /// </summary>
    public static IServiceCollection AddPoseFunctionsStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.SectionName))
            .PostConfigure(options => UseTriggerConnection(options, configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, ValidateStorageOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageClients>();
        services.AddHostedService<StorageInitializer>();
        services.AddSingleton(provider => new UploadUrlSigner(
            provider.GetRequiredService<StorageClients>().Blobs, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<IJobStore>(provider => new BlobJobStore(
            Container(provider, StorageNames.Jobs), provider.GetRequiredService<ILogger<BlobJobStore>>()));
        services.AddSingleton<IWorkerLeaseStore>(provider => new BlobWorkerLeaseStore(
            Container(provider, StorageNames.Workers), provider.GetRequiredService<ILogger<BlobWorkerLeaseStore>>()));
        services.AddSingleton<IPhotoStore>(provider => new BlobPhotoStore(
            Container(provider, StorageNames.Uploads),
            Container(provider, StorageNames.PosePhotos),
            provider.GetRequiredService<UploadUrlSigner>()));
        services.AddSingleton<IRequestStore>(provider => new BlobRequestStore(Container(provider, StorageNames.Requests)));
        services.AddSingleton<IResultStore>(provider => new BlobResultStore(Container(provider, StorageNames.Results)));
        services.AddSingleton<IParsedPhotoStore>(provider => new BlobParsedPhotoStore(
            Container(provider, StorageNames.Parsed), provider.GetRequiredService<ILogger<BlobParsedPhotoStore>>()));
        services.AddSingleton<ITenantStore>(provider => new BlobTenantStore(
            [.. StorageNames.OfTenants.Select(name => Container(provider, name))]));
        services.AddSingleton<IJobQueue>(provider => new StorageJobQueue(
            provider.GetRequiredService<StorageClients>().Queues.GetQueueClient(StorageNames.JobQueue)));
        return services;
    }

    private static BlobContainerClient Container(IServiceProvider provider, string name) =>
        provider.GetRequiredService<StorageClients>().Blobs.GetBlobContainerClient(name);

    private static void UseTriggerConnection(StorageOptions options, IConfiguration configuration)
    {
        if (!options.NamesNoAccount)
        {
            return;
        }

        options.ConnectionString = configuration[TriggerConnection];
        options.BlobServiceUri = Address("blobServiceUri");
        options.QueueServiceUri = Address("queueServiceUri");

        Uri? Address(string key) => Uri.TryCreate(configuration[$"{TriggerConnection}:{key}"], UriKind.Absolute, out var uri) ? uri : null;
    }
}
