using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Storage.Connection;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.People;
using PoseFunctions.Storage.Photos;
using PoseFunctions.Storage.Tenants;
using PoseFunctions.Storage.Transfers;

namespace PoseFunctions.Storage;

/// <summary>Registers the stores and the queue.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Every store of Core and the jobs queue in the account that the connection setting <c>Photos</c> names, with
    /// their containers created when the host starts. Two apps in one process may each ask for it.
    /// </summary>
    public static IServiceCollection AddPoseFunctionsStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (services.Any(service => service.ServiceType == typeof(IJobStore)))
        {
            return services;
        }

        services.AddStorageClients(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<StorageInitializer>();
        services.AddSingleton(provider => new UploadUrlSigner(
            provider.GetRequiredService<BlobServiceClient>(), provider.GetRequiredService<TimeProvider>()));

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
            provider.GetRequiredService<QueueServiceClient>().GetQueueClient(StorageNames.JobQueue)));
        return services;
    }

    private static BlobContainerClient Container(IServiceProvider provider, string name) =>
        provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);
}
