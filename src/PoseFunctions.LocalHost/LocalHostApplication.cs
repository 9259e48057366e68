using Microsoft.AspNetCore.Connections;
using Microsoft.Azure.WebJobs.Host.Indexers;
using Microsoft.Azure.WebJobs.Host.Listeners;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Apps;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Http;
using PoseFunctions.LocalHost.Triggers;
using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost;

/// <summary>The program behind its command line.</summary>
internal static class LocalHostApplication
{
    private const int CannotRun = 2;

    // What is left to do when what was cancelled has had its time: workers end, listeners give their messages back.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(15);

    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    /// <param name="commandLine">What the command line says, as configuration.</param>
    /// <returns>The exit code: 0, or 2 where it could not start, or an app's workers keep ending by themselves.</returns>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> commandLine)
    {
        try
        {
            using var host = Build(commandLine);
            var apps = host.Services.GetRequiredService<RunningApps>();
            await host.RunAsync();
            return apps.Failure is { } failure ? await RefuseAsync(failure.Message) : 0;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop before the start was complete.
            return 0;
        }
        catch (Exception exception) when (IsExplainedByItsMessage(exception))
        {
            return await RefuseAsync(exception is FunctionIndexingException or FunctionListenerException
                ? $"{exception.Message} {exception.InnerException?.Message}"
                : exception.Message);
        }
    }

    /// <summary>Says why the host cannot run.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync($"The local host cannot run: {reason.ReplaceLineEndings(" ").Trim()}");
        return CannotRun;
    }

    private static IHost Build(IReadOnlyDictionary<string, string?> commandLine)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection(commandLine);
        builder.Logging.AddLocalHostLogging(builder.Configuration);
        AddOptions(builder.Services);
        AddParts(builder.Services);

        // Started in this order, and stopped in the reverse one.
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkerGateway>());
        builder.Services.AddHostedService(services => services.GetRequiredService<FrontedStorage>());
        builder.Services.AddHostedService(services => services.GetRequiredService<RunningApps>());
        builder.Services.AddHostedService(services => services.GetRequiredService<HttpFrontEnd>());
        builder.Services.AddHostedService<ReadyLines>();
        return builder.Build();
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalHostOptions>, ValidateLocalHostOptions>();
        services.AddOptions<BlobEventOptions>().BindConfiguration($"{LocalHostOptions.SectionName}:Events").ValidateOnStart();
        services.AddSingleton<IValidateOptions<BlobEventOptions>, ValidateBlobEventOptions>();
        services.AddOptions<HostOptions>().Configure<IOptions<LocalHostOptions>>(
            (host, local) => host.ShutdownTimeout = local.Value.Grace + GracePeriod.CancelPatience + EndPatience);
    }

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Console.Out);
        services.AddSingleton<GracePeriod>();
        services.AddSingleton<FunctionAppCatalog>();
        services.AddSingleton<WorkerChannels>();
        services.AddSingleton<WorkerGateway>();
        services.AddSingleton<WorkerLauncher>();
        services.AddSingleton<FrontedStorage>();
        services.AddSingleton<IBlobEventSink, BlobEventSink>();
        services.AddSingleton<RunningApps>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<HostStatus>();
        services.AddSingleton<HttpFrontEnd>();
    }

    private static bool IsExplainedByItsMessage(Exception exception) => exception
        is LocalHostException
        or NoEmulatorException
        or OptionsValidationException
        or FunctionIndexingException
        or FunctionListenerException
        or AddressInUseException
        or IOException
        or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}
