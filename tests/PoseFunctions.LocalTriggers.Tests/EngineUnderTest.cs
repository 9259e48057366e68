using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalTriggers.Blobs;
using PoseFunctions.LocalTriggers.Http;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalTriggers.Tests;

/// <summary>A host with the engine and a few function classes.</summary>
public sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly string hostJson = Path.GetTempFileName();
    private readonly IHost host;

    private EngineUnderTest(
        string connection, Probe probe, string json, Dictionary<string, string?> settings, Action<LocalTriggerOptions>? configure, Type[] classes)
    {
        File.WriteAllText(hostJson, json);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        settings["AzureWebJobsStorage"] = connection;
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(probe);
        builder.AddLocalTriggers(
            options =>
            {
                options.Urls = "http://127.0.0.1:0";
                options.HostJsonPath = hostJson;
                options.BlobScanInterval = TimeSpan.FromMilliseconds(20);
                options.BlobRetryDelay = TimeSpan.FromMilliseconds(10);
                configure?.Invoke(options);
            },
            new FunctionCatalog(classes));
        host = builder.Build();
    }

    public IBlobTriggers Blobs => host.Services.GetRequiredService<IBlobTriggers>();

    public HttpClient NewClient() => new() { BaseAddress = host.Services.GetRequiredService<IHttpEndpoints>().Addresses.First() };

    public static async Task<EngineUnderTest> StartAsync(
        string connection,
        Probe probe,
        Type[] classes,
        string json = """{ "version": "2.0" }""",
        Dictionary<string, string?>? settings = null,
        Action<LocalTriggerOptions>? configure = null)
    {
        var engine = new EngineUnderTest(connection, probe, json, settings ?? [], configure, classes);
        await engine.host.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        File.Delete(hostJson);
    }
}
