using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Running;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>
/// Loads every model, so that a wrong one stops the start and not a job, and warms up those that the settings name. Not before this service is started: the
/// services before it answer the Functions host, which soon ends a process that does not.
/// </summary>
internal sealed partial class ModelStartup(
    Func<InstalledModels> load,
    SessionFactory factory,
    IOptions<InferenceOptions> options,
    IOptions<TransferOptions> transfers,
    ILogger<ModelStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var models = load();
        models.WarmUp(options.Value.WarmUp, transfers.Value.DefaultGenerator, cancellationToken);

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
