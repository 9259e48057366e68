using System.ComponentModel;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Starts worker processes and waits until they are ready.</summary>
internal sealed partial class WorkerLauncher(WorkerChannels channels, WorkerGateway gateway, TimeProvider time, ILoggerFactory loggers)
{
    // What a process that has ended wrote is read at once, unless a child of it keeps the stream open.
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    // The Functions host gives up after the same time.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ILogger logger = loggers.CreateLogger<WorkerLauncher>();
    private readonly WorkerLogs workerLogs = new(loggers);

    /// <exception cref="WorkerStartException">It cannot start; no process is left.</exception>
    public async Task<Worker> LaunchAsync(FunctionApp app, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var channel = new WorkerChannel(app.Name, workerLogs);
        channels.Add(channel);
        var output = new WorkerOutput(loggers.CreateLogger(app.Name));
        var process = StartProcess(app, channel, output);
        _ = CloseAfterAsync(process, channel);
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var httpAddress = await new WorkerHandshake(app, channel, time).RunAsync(either.Token);
            output.Release();
            Log.Ready(logger, app.Name, process.Id, time.GetElapsedTime(started).TotalMilliseconds);
            return new Worker(process, channel, httpAddress, () => ExplainAsync(process, output));
        }
        catch (WorkerLostException exception)
        {
            process.Kill();
            throw new WorkerStartException(app.Name, await ExplainAsync(process, output), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkerStartException(app.Name, $"the worker was not ready within {StartLimit.TotalSeconds:0} seconds.", exception);
        }
        finally
        {
            if (output.IsHolding)
            {
                process.Kill();
            }
        }
    }

    private WorkerProcess StartProcess(FunctionApp app, WorkerChannel channel, WorkerOutput output)
    {
        try
        {
            return WorkerProcess.Start(WorkerStartInfo.Create(app, channel.WorkerId, gateway.Address), output);
        }
        catch (Win32Exception exception)
        {
            throw new WorkerStartException(app.Name, $"'{app.Worker.Executable}' cannot be started: {exception.Message}", exception);
        }
    }

    private async Task CloseAfterAsync(WorkerProcess process, WorkerChannel channel)
    {
        await Task.WhenAny(process.Exited, channel.Closed);
        channel.Close();
        channels.Remove(channel);
    }

    private async Task<string> ExplainAsync(WorkerProcess process, WorkerOutput output)
    {
        var exitCode = await process.Exited;
        await process.OutputRead.WaitAsync(OutputPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return StartFailure.Explain(output.Errors, exitCode);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Worker {ProcessId} of {App} was ready after {Milliseconds:0} ms.")]
        public static partial void Ready(ILogger logger, string app, int processId, double milliseconds);
    }
}
