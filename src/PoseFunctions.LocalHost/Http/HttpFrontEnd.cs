using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Apps;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Http;

/// <summary>The port for clients: HTTP functions of all apps, and what the host answers itself.</summary>
internal sealed class HttpFrontEnd(
    RunningApps apps, IOptions<LocalHostOptions> options, FunctionKeys keys, HostStatus status, GracePeriod grace, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private WebApplication? server;

    /// <summary>Where it listens; once started.</summary>
    public string Address => server!.Urls.Single();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = LoopbackServer.CreateBuilder(loggers, options.Value.Port, HttpProtocols.Http1);
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<WorkerForwarder>();
        server = builder.Build();
        server.UseRouting();
        server.MapHost(keys, status);

        var running = await apps.Started.WaitAsync(cancellationToken);
        server.MapWebHooks(keys, running);
        MapFunctions(server, running);
        await server.StartAsync(cancellationToken);
    }

    /// <summary>Takes no connection any more, and lets requests be answered for as long as the grace period allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Over, cancellationToken);
        await (server?.StopAsync(either.Token) ?? Task.CompletedTask);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void MapFunctions(WebApplication server, IReadOnlyList<RunningApp> running)
    {
        var forwarder = server.Services.GetRequiredService<WorkerForwarder>();
        foreach (var (app, route) in running.SelectMany(app => HttpRoute.Of(app.App).Select(route => (app, route))))
        {
            var handler = new HttpFunctionHandler(route.Function, app.Workers, forwarder);
            var endpoint = route.Trigger.Methods.Count == 0
                ? server.Map(route.Template, handler.HandleAsync)
                : server.MapMethods(route.Template, route.Trigger.Methods, handler.HandleAsync);
            endpoint.RequireKey(keys, route.Trigger.Level);
        }
    }
}
