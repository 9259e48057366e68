using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Blobs;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalTriggers.Http;
using PoseFunctions.LocalTriggers.Queues;
using PoseFunctions.LocalTriggers.Storage;
using PoseFunctions.LocalTriggers.Timers;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalTriggers;

/// <summary>Runs function classes on one machine.</summary>
public static class LocalTriggersBuilderExtensions
{
    /// <summary>Adds the engine that runs every function of some assemblies against HTTP, storage and the clock.</summary>
    /// <param name="builder">The app whose services and middleware the functions use.</param>
    /// <param name="configure">Settings of the engine, or null for the defaults.</param>
    /// <param name="assemblies">Where the function classes are.</param>
    /// <exception cref="FunctionDeclarationException">A function is declared in a way that Azure would refuse.</exception>
    public static FunctionsApplicationBuilder AddLocalTriggers(
        this FunctionsApplicationBuilder builder, Action<LocalTriggerOptions>? configure, params Assembly[] assemblies) =>
        builder.AddLocalTriggers(configure, new FunctionCatalog(assemblies));

    internal static FunctionsApplicationBuilder AddLocalTriggers(
        this FunctionsApplicationBuilder builder, Action<LocalTriggerOptions>? configure, FunctionCatalog catalog)
    {
        var services = builder.Services;
        services.AddOptions<LocalTriggerOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalTriggerOptions>, ValidateLocalTriggerOptions>();
        services.AddOptions<HostOptions>().Configure<IOptions<LocalTriggerOptions>>(
            (host, options) => host.ShutdownTimeout = options.Value.ShutdownGrace + TimeSpan.FromSeconds(5));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton(provider => HostJsonReader.Read(provider.GetRequiredService<IOptions<LocalTriggerOptions>>().Value.HostJsonPath));
        services.AddSingleton<StorageConnections>();
        services.AddSingleton<StopSignals>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<HttpTriggers>();
        services.AddSingleton<IHttpEndpoints>(provider => provider.GetRequiredService<HttpTriggers>());
        services.AddSingleton<BlobTriggers>();
        services.AddSingleton<IBlobTriggers>(provider => provider.GetRequiredService<BlobTriggers>());
        services.AddSingleton<QueueTriggers>();
        services.AddSingleton<TimerTriggers>();
        services.AddHostedService<LocalTriggerHost>();
        return builder;
    }
}
