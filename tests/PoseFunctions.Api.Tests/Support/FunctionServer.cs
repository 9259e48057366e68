using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PoseFunctions.Api.Http;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>
/// The function classes behind the server that the worker process has, too. What is missing are the host and its protocol: keys are
/// not asked for.
/// </summary>
internal static class FunctionServer
{
    /// <summary>Starts an app on a free port.</summary>
    /// <param name="settings">Its configuration.</param>
    /// <param name="compose">Registers what the functions need.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<WebApplication> StartAsync(
        Dictionary<string, string?> settings, Action<IServiceCollection, IConfiguration> compose, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        compose(builder.Services, builder.Configuration);
        foreach (var route in FunctionRoutes.All.Where(route => !route.Class.IsAbstract))
        {
            builder.Services.AddTransient(route.Class);
        }

        var app = builder.Build();
        foreach (var route in FunctionRoutes.All)
        {
            app.MapMethods($"/api/{route.Template}", route.Methods, route.Handler)
                .AddEndpointFilter((invocation, next) => AnswerAsync(route, invocation, next));
        }

        await app.StartAsync(cancellationToken);
        return app;
    }

    /// <summary>Where the app's functions are.</summary>
    public static Uri BaseAddressOf(WebApplication app) => new(new(app.Urls.Single()), "/api/");

    private static async ValueTask<object?> AnswerAsync(
        FunctionRoute route, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        using var activity = RequestTrace.Start(http.Request, route.Function);
        var writer = http.RequestServices.GetRequiredService<ResponseWriter>();
        await writer.WriteAsync(http, route.Function, async () => (IResult?)await next(invocation), CancellationToken.None);
        return Results.Empty;
    }
}
