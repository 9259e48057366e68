using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Hands on what workers log, under their own categories, which filters of the host then apply to.</summary>
internal sealed partial class WorkerLogs(ILoggerFactory loggers)
{
    public void Write(RpcLog entry)
    {
        var logger = loggers.CreateLogger(entry.Category);
        var level = (LogLevel)entry.Level;
        if (entry.Exception is { } exception)
        {
            Log.Failure(logger, level, entry.Message, exception.Message);
            Log.StackTrace(logger, exception.StackTrace);
        }
        else
        {
            Log.Entry(logger, level, entry.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{Message}")]
        public static partial void Entry(ILogger logger, LogLevel level, string message);

        [LoggerMessage(EventId = 2, Message = "{Message} {Exception}")]
        public static partial void Failure(ILogger logger, LogLevel level, string message, string exception);

        [LoggerMessage(3, LogLevel.Debug, "{StackTrace}")]
        public static partial void StackTrace(ILogger logger, string stackTrace);
    }
}
