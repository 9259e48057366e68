using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>
/// Loads and warms up every model, so that a wrong model stops the start and not a job. Not before this service is started: the
/// services before it answer the Functions host, which soon ends a process that does not.
/// </summary>
internal sealed partial class ModelStartup(
    Func<InstalledModels> load, SessionFactory factory, IOptions<InferenceOptions> options, ILogger<ModelStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var models = load();
        if (options.Value.WarmUp)
        {
            models.WarmUp(cancellationToken);
        }

        Log.Ready(logger, models.Generators.Count, factory.Selection.Active, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Generators} generators and the person parser are ready on '{Provider}', warmed up in {Milliseconds} ms")]
        public static partial void Ready(ILogger logger, int generators, string provider, int milliseconds);
    }
}
