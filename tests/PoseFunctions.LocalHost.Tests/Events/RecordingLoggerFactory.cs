using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>Keeps what is logged at a level or above.</summary>
internal sealed class RecordingLoggerFactory(LogLevel lowest) : ILoggerFactory, ILogger
{
    private readonly Channel<string> messages = Channel.CreateUnbounded<string>();

    /// <summary>The next message, waited for.</summary>
    public Task<string> NextAsync(CancellationToken cancellationToken) => messages.Reader.ReadAsync(cancellationToken).AsTask();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            messages.Writer.TryWrite(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
