using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Apps;

/// <summary>
/// The storage account whose blob events the host makes, where it was asked to: the apps get the source of the events in
/// its place.
/// </summary>
internal sealed class FrontedStorage(
    FunctionAppCatalog catalog,
    IOptions<LocalHostOptions> host,
    IOptions<BlobEventOptions> events,
    IServiceProvider services,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly string? setting = host.Value.BlobEvents;
    private BlobEventSource? source;

    /// <summary>Name of the setting and the connection string that it has in the apps; null where no events are made.</summary>
    public (string Setting, string ConnectionString)? Connection => source is null ? null : (setting!, source.ConnectionString);

    /// <exception cref="LocalHostException">No app has the setting, or they disagree on it.</exception>
    /// <exception cref="NoEmulatorException">The setting names no emulator.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (setting is not null)
        {
            // The sink needs the apps, and those need to know where this listens.
            var sink = services.GetRequiredService<IBlobEventSink>();
            source = await BlobEventSource.StartAsync(
                EmulatorConnection.Parse(FindConnection(setting)), events.Value, sink, time, loggers, cancellationToken);
        }
    }

    /// <summary>The app with the source of the events in place of the account, where it has the setting.</summary>
    public FunctionApp Redirect(FunctionApp app) => Connection is { } connection && app.BuildConfiguration()[connection.Setting] is not null
        ? app with { Settings = app.Settings.With(connection.Setting, connection.ConnectionString) }
        : app;

    public Task StopAsync(CancellationToken cancellationToken) => source?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string FindConnection(string name)
    {
        string[] connections = [.. catalog.Apps.Select(app => app.BuildConfiguration()[name]).OfType<string>().Where(text => text.Length > 0).Distinct()];
        return connections switch
        {
            [var connection] => connection,
            [] => throw new LocalHostException($"--blob-events: no app has a setting {name} with a connection string."),
            _ => throw new LocalHostException($"--blob-events: the apps have different connection strings in their setting {name}."),
        };
    }
}
