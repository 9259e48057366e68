using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Models;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Stores;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>The HTTP functions on a real server, over stores in memory and a clock that stands still.</summary>
public sealed class ApiUnderTest : IAsyncDisposable
{
    private WebApplication? app;

    public ApiUnderTest()
    {
        Photos = new(Clock);
        Queue = new(new InMemoryJobQueue(Clock));
        Jobs = new(Records);
        Results = new(Images);
    }

    public FakeTimeProvider Clock { get; } = new(AJob.Now);

    public InMemoryJobStore Records { get; } = new();

    public HookedJobStore Jobs { get; }

    public InMemoryPhotoStore Photos { get; }

    public InMemoryRequestStore Requests { get; } = new();

    public InMemoryParsedPhotoStore ParsedPhotos { get; } = new();

    public InMemoryResultStore Images { get; } = new();

    public HookedResultStore Results { get; }

    public InMemoryWorkerLeaseStore Leases { get; } = new();

    public HookedJobQueue Queue { get; }

    public InMemoryTenantStore Tenants { get; } = new();

    public IServiceProvider Services => app!.Services;

    public HttpClient Client { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ApiUnderTest> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var api = new ApiUnderTest();
        await api.StartAppAsync(settings ?? []);
        return api;
    }

    /// <summary>Puts a record into the store.</summary>
    public async Task<StoredJob> AddAsync(JobRecord record) => (await Records.TryCreateAsync(record, Cancel))!;

    /// <summary>Changes a record as somebody else would.</summary>
    public async Task<StoredJob> ChangeAsync(JobId id, Func<JobRecord, JobRecord> change) =>
        (await Records.ChangeAsync(id, known: null, change, Cancel))!;

    /// <summary>A photo as it stands in the store, or null.</summary>
    public async Task<UploadedPhoto?> FindPhotoAsync(PhotoContainer container, JobId id, string name) =>
        await Photos.OpenAsync(container, id.Tenant.ToString(), name, Cancel);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private async Task StartAppAsync(Dictionary<string, string?> settings)
    {
        app = await FunctionServer.StartAsync(settings, (services, _) => Compose(services), Cancel);
        Client.BaseAddress = FunctionServer.BaseAddressOf(app);
    }

    private void Compose(IServiceCollection services) => services
        .AddSingleton<TimeProvider>(Clock)
        .AddSingleton<IJobStore>(Jobs)
        .AddSingleton<IPhotoStore>(Photos)
        .AddSingleton<IRequestStore>(Requests)
        .AddSingleton<IParsedPhotoStore>(ParsedPhotos)
        .AddSingleton<IResultStore>(Results)
        .AddSingleton<IWorkerLeaseStore>(Leases)
        .AddSingleton<IJobQueue>(Queue)
        .AddSingleton<ITenantStore>(Tenants)
        .AddSingleton(new ManifestCatalog(
        [
            AManifest.Layout(),
            AManifest.Parsing(),
            AManifest.Carrying(new TransferOptions().DefaultGenerator),
            AManifest.Generator("xinggan"),
            AManifest.TwoGraphs("scam"),
        ]))
        .AddPoseFunctionsApi();
}
