using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PoseFunctions.Api;
using PoseFunctions.Core.Failures;
using PoseFunctions.LocalTriggers;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.Worker;

namespace PoseFunctions.LocalHost;

/// <summary>Both function apps in one process, without a Functions host.</summary>
internal static class LocalHostApplication
{
    private const int CannotStart = 2;

    /// <summary>Logs what a start fails with, stack and all, before this program says the same in one sentence.</summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    /// <returns>The exit code: 0, or 2 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var start = new StartState();
            using var host = Build(args, start);
            await host.StartAsync();
            start.IsComplete = true;
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop before the start was complete: the host says so by cancelling its own start.
            return 0;
        }
        catch (Exception exception) when (IsExplainedByItsMessage(exception))
        {
            await Console.Error.WriteLineAsync($"The local host cannot run: {exception.Message}");
            return CannotStart;
        }
    }

    private static IHost Build(string[] args, StartState start)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        var settings = LocalHostSettings.Read(builder.Configuration);
        builder.Configuration.AddInMemoryCollection(settings.ForApps());
        QuietenLogs(builder.Configuration);
        builder.Logging.AddFilter(HostCategory, level => level != LogLevel.Error || start.IsComplete);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddLocalTriggers(triggers => triggers.Urls = settings.Urls, [.. AddApps(builder, settings.Apps)]);
        builder.Services.AddSingleton(Console.Out);
        builder.Services.AddHostedService<ReadyLine>();
        return builder.Build();
    }

    // Defaults only: they stand first, so that the environment and the command line win.
    private static void QuietenLogs(ConfigurationManager configuration) => ((IConfigurationBuilder)configuration).Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning")],
        });

    private static IEnumerable<Assembly> AddApps(FunctionsApplicationBuilder builder, HostedApps apps)
    {
        if (apps.HasFlag(HostedApps.Worker))
        {
            builder.AddPoseFunctionsWorker();
            yield return typeof(WorkerApplication).Assembly;
        }

        if (apps.HasFlag(HostedApps.Api))
        {
            builder.AddPoseFunctionsApi();
            yield return typeof(PoseFunctionsApiBuilderExtensions).Assembly;
        }
    }

    private static bool IsExplainedByItsMessage(Exception exception) => exception
        is LocalHostException
        or HostConfigurationException
        or FunctionDeclarationException
        or OptionsValidationException
        or PoseFunctionsException
        or IOException;
}
