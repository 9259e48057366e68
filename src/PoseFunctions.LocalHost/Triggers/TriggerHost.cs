using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Indexers;
using Microsoft.Azure.WebJobs.Host.Listeners;
using Microsoft.Azure.WebJobs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>The listeners of one app: a WebJobs host with the app's own host.json, settings and host id.</summary>
internal sealed class TriggerHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly TriggerDispatcher dispatcher;

    public TriggerHost(FunctionApp app, TriggerDispatcher dispatcher, ILoggerFactory loggers)
    {
        this.dispatcher = dispatcher;
        var listening = app.Functions.Where(function => function.Trigger is not HttpTriggerBinding);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(app.BuildConfiguration());
        builder.Services.AddSingleton<ITypeLocator>(new EmittedTypes(TriggerType.Emit(listening)));
        builder.Services.AddSingleton(dispatcher);
        builder.Services.AddSingleton<IHostIdProvider>(HostId.Of(app));
        builder.Services.AddSingleton<IListenerDecorator>(_ => new BlobListenerDecorator(app.Functions));
#pragma warning disable CS0618 // See ExtensionWebHooks.
        builder.Services.AddSingleton<IWebHookProvider>(WebHooks);
#pragma warning restore CS0618
        AddListeners(builder.Services);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheHost>();
        host = builder.Build();
    }

    /// <summary>What the extensions do when their webhooks are called.</summary>
    public ExtensionWebHooks WebHooks { get; } = new();

    /// <summary>Replaces <c>%SETTING%</c>.</summary>
    public string Resolve(string text) => host.Services.GetRequiredService<INameResolver>().ResolveWholeString(text);

    /// <summary>Makes everything that listens, and does not listen yet: the better part of the time of a start.</summary>
    public void Prepare() => _ = host.Services.GetServices<IHostedService>().Count();

    /// <summary>Starts listening.</summary>
    /// <exception cref="FunctionIndexingException">A trigger has no meaning, or names a storage account that is not set.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => host.StartAsync(cancellationToken);

    /// <summary>Takes nothing new, and ends when what runs has ended.</summary>
    public async Task DrainAsync()
    {
        await host.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(CancellationToken.None);
        await dispatcher.IdleAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private static void AddListeners(IServiceCollection services)
    {
        var webJobs = services.AddWebJobs(_ => { });
        services.AddHostedService<JobHostService>();

        // Locks stay in memory, which is right for one host an app: leases of a host that was killed would stop its
        // listeners for a minute after its next start.
#pragma warning disable CS0618 // It is public because hosts such as this one choose it.
        var locks = services.Last(service => service.ServiceType == typeof(IDistributedLockManager));
#pragma warning restore CS0618
        services.AddAzureStorageCoreServices();
        services.Add(locks);
        webJobs.AddAzureStorageBlobs().AddAzureStorageQueues().AddTimers();
        services.AddSingleton<ScheduleMonitor, BlobScheduleMonitor>();
    }

    private sealed class EmittedTypes(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }
}
