using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Http;

/// <summary>Serves HTTP functions with Kestrel.</summary>
internal sealed partial class HttpTriggers(
    FunctionCatalog catalog,
    HostJson hostJson,
    IConfiguration configuration,
    IOptions<LocalTriggerOptions> options,
    FunctionKeys keys,
    FunctionPipeline pipeline,
    StopSignals signals,
    ILoggerFactory loggers) : IHttpEndpoints
{
    private const string BodyLimitSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long DefaultBodyLimit = 100L * 1024 * 1024;

    private readonly ILogger logger = loggers.CreateLogger<HttpTriggers>();
    private WebApplication? server;

    public IReadOnlyCollection<Uri> Addresses { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        HttpFunction[] functions =
            [.. catalog.StartedBy<HttpTriggerAttribute>().Select(found => HttpFunction.Bind(found.Function, found.Trigger, hostJson.Extensions.Http))];
        if (functions.Length == 0)
        {
            return;
        }

        RefuseSameRoutes(functions);
        server = Build(functions);
        await server.StartAsync(cancellationToken);
        Addresses = [.. server.Urls.Select(address => new Uri(address))];
        Log.Listening(logger, string.Join(", ", server.Urls));
    }

    public async Task StopAsync(CancellationToken abandon)
    {
        if (server is not null)
        {
            await server.StopAsync(abandon);
            await server.DisposeAsync();
        }
    }

    // The server has a container of its own; requests get their services from the app's (see Invocation).
    private WebApplication Build(HttpFunction[] functions)
    {
        var limit = BodyLimit();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limit;
        });
        builder.WebHost.UseUrls(options.Value.Urls);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Value.ShutdownGrace);
        builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        var app = builder.Build();
        app.UseRouting();
        foreach (var function in functions)
        {
            IEndpointConventionBuilder endpoint = function.Methods.Length == 0
                ? app.Map(function.Route, http => ServeAsync(function, http))
                : app.MapMethods(function.Route.RawText!, function.Methods, http => ServeAsync(function, http));
            endpoint.WithDisplayName(function.Bound.Declaration.Name);
        }

        return app;
    }

    // On Azure this is an app setting as well, not a part of host.json.
    private long BodyLimit()
    {
        var setting = configuration[BodyLimitSetting];
        return string.IsNullOrEmpty(setting)
            ? DefaultBodyLimit
            : long.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                ? limit
                : throw new HostConfigurationException($"{BodyLimitSetting} is '{setting}'; it must be a number of bytes.");
    }

    private async Task ServeAsync(HttpFunction function, HttpContext http)
    {
        var name = function.Bound.Declaration.Name;
        if (!keys.Allow(http.Request, name, function.Level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, signals.Stopping);
        try
        {
            await pipeline.RunAsync(function.Bound, HttpFunction.Input(http), ending.Token);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.ClientLeft(logger, name);
        }
        catch (Exception exception)
        {
            Fail(http, name, exception);
        }
    }

    private void Fail(HttpContext http, string name, Exception exception)
    {
        Log.Failed(logger, name, exception);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            BindingException => StatusCodes.Status400BadRequest,
            OperationCanceledException when signals.Stopping.IsCancellationRequested => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
    }

    private static void RefuseSameRoutes(HttpFunction[] functions)
    {
        var same = functions.SelectMany(function => (function.Methods.Length == 0 ? ["*"] : function.Methods)
                .Select(method => (Key: $"{method} /{function.Route.RawText}", Function: function)))
            .GroupBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new FunctionDeclarationException(
                same.First().Function.Bound.Declaration.Name,
                $"It shares {same.Key} with '{same.Last().Function.Bound.Declaration.Name}'.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Functions listen on {Addresses}")]
        public static partial void Listening(ILogger logger, string addresses);

        [LoggerMessage(2, LogLevel.Error, "Function {Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);

        [LoggerMessage(3, LogLevel.Debug, "The client of {Function} left before the answer")]
        public static partial void ClientLeft(ILogger logger, string function);
    }

    // The outer host listens for Ctrl+C; this server starts and stops with it.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
