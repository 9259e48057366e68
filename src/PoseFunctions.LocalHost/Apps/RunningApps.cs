using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost.Apps;

/// <summary>All apps, started and stopped side by side.</summary>
internal sealed class RunningApps(
    FunctionAppCatalog catalog,
    FrontedStorage storage,
    WorkerLauncher launcher,
    GracePeriod grace,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly TaskCompletionSource<IReadOnlyList<RunningApp>> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<RunningApp> apps = [];

    /// <summary>The apps once each of them runs.</summary>
    public Task<IReadOnlyList<RunningApp>> Started => started.Task;

    /// <summary>Why the host has ended by itself; null where it was asked to.</summary>
    public WorkerStartException? Failure { get; private set; }

    /// <exception cref="LocalHostException">A worker cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        apps = [.. catalog.Apps.Select(app => new RunningApp(storage.Redirect(app), launcher, grace, time, loggers))];
        await Task.WhenAll(apps.Select(app => app.StartAsync(cancellationToken)));
        started.SetResult(apps);
        _ = StopWhenGivenUpAsync();
    }

    private async Task StopWhenGivenUpAsync()
    {
        Failure = await await Task.WhenAny(apps.Select(app => app.Workers.GivenUp));
        lifetime.StopApplication();
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var app in apps)
        {
            app.BeginDrain();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(apps.Select(app => app.StopAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
