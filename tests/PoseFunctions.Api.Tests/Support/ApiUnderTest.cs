using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.Api.Functions;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Models;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;
using PoseFunctions.Core.Transfers;
using PoseFunctions.LocalTriggers;
using PoseFunctions.LocalTriggers.Http;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Stores;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>The HTTP app on a real server of the local trigger engine, over stores in memory and a clock that stands still.</summary>
public sealed class ApiUnderTest : IAsyncDisposable
{
    private const string FunctionKey = "function-key";
    private const string MasterKey = "master-key";

    private IHost? host;

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

    public HttpClient Client { get; private set; } = new();

    public HttpClient Operator { get; private set; } = new();

    public HttpClient Stranger { get; private set; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ApiUnderTest> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var api = new ApiUnderTest();
        await api.StartHostAsync(settings ?? []);
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
        Operator.Dispose();
        Stranger.Dispose();
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }

    private async Task StartHostAsync(Dictionary<string, string?> settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        settings["Functions:Keys:Master"] = MasterKey;
        settings["Functions:Keys:Host:default"] = FunctionKey;
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IJobStore>(Jobs)
            .AddSingleton<IPhotoStore>(Photos)
            .AddSingleton<IRequestStore>(Requests)
            .AddSingleton<IParsedPhotoStore>(ParsedPhotos)
            .AddSingleton<IResultStore>(Results)
            .AddSingleton<IWorkerLeaseStore>(Leases)
            .AddSingleton<IJobQueue>(Queue)
            .AddSingleton<ITenantStore>(Tenants)
            .AddSingleton(new ManifestCatalog([AManifest.Layout(), AManifest.Parsing(), AManifest.Generator(new TransferOptions().DefaultGenerator), AManifest.Generator("xinggan"), AManifest.TwoGraphs("scam")]))
            .AddPoseFunctionsApi();
        builder.UseWhen<ProblemMiddleware>(context => context.GetHttpContext() is not null);
        builder.AddLocalTriggers(options => options.Urls = "http://127.0.0.1:0", typeof(CreateJobFunction).Assembly);
        host = builder.Build();
        await host.StartAsync(Cancel);

        var address = host.Services.GetRequiredService<IHttpEndpoints>().Addresses.First();
        Client.BaseAddress = Operator.BaseAddress = Stranger.BaseAddress = new Uri(address, "/api/");
        Client.DefaultRequestHeaders.Add("x-functions-key", FunctionKey);
        Operator.DefaultRequestHeaders.Add("x-functions-key", MasterKey);
    }
}
