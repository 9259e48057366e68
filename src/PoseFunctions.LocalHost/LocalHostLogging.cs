using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace PoseFunctions.LocalHost;

/// <summary>One log for the host and its workers, on standard error.</summary>
internal static class LocalHostLogging
{
    /// <summary>Adds the log; levels may be set as <c>Logging__LogLevel__CATEGORY</c>, for workers' categories too.</summary>
    public static void AddLocalHostLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        foreach (var framework in (string[])["Microsoft", "System", "Grpc", "Host"])
        {
            logging.AddFilter(framework, LogLevel.Warning);
        }

        // A container that is not there yet, or a client that went away, is worth a warning to these.
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Yarp", LogLevel.Error);

        // WebJobs tells of each run and each failure; so does the worker, who knows more.
        logging.AddFilter("Function", LogLevel.None);
        logging.AddFilter("Host.Results", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
