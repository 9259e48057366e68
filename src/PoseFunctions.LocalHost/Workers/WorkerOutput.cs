using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>
/// What a worker process writes to its standard output and error. Lines are logged as they come once it is ready; before,
/// those on standard error are held back, because a start that fails is told in one sentence made of them.
/// </summary>
internal sealed partial class WorkerOutput(ILogger logger)
{
    private readonly ConcurrentQueue<string> held = new();
    private volatile bool isReady;
    private volatile string? last;

    /// <summary>Whether the worker is not ready yet.</summary>
    public bool IsHolding => !isReady;

    /// <summary>What the worker wrote to standard error before it was ready; afterwards its last line, or nothing.</summary>
    public IReadOnlyCollection<string> Errors => isReady ? (last is { } line ? [line] : []) : held;

    /// <summary>Reads both streams to their ends.</summary>
    public Task ReadAsync(TextReader output, TextReader error) => Task.WhenAll(
        ReadAsync(output, line => Log.Output(logger, line)),
        ReadAsync(error, SeeError));

    /// <summary>The worker is ready: logs what was held back, and holds nothing back any more.</summary>
    public void Release()
    {
        isReady = true;
        while (held.TryDequeue(out var line))
        {
            Log.Error(logger, line);
        }
    }

    private void SeeError(string line)
    {
        if (isReady)
        {
            last = line;
            Log.Error(logger, line);
        }
        else
        {
            held.Enqueue(line);
        }
    }

    private static async Task ReadAsync(TextReader stream, Action<string> see)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            see(line);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Line}")]
        public static partial void Output(ILogger logger, string line);

        [LoggerMessage(2, LogLevel.Warning, "{Line}")]
        public static partial void Error(ILogger logger, string line);
    }
}
