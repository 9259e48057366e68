using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.Storage.Tests;

/// <summary>Keeps what is logged, with the exceptions that would be written out below it.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    public ConcurrentQueue<(string Message, Exception? Exception)> Entries { get; } = [];

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((formatter(state, exception), exception));
}
