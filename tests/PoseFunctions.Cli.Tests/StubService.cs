using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PoseFunctions.Cli.Tests;

/// <summary>A service on a real port whose answers a test writes.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication server;

    private StubService(WebApplication server) => this.server = server;

    public string Url => server.Urls.Single();

    /// <summary>Starts a service with the endpoints that <paramref name="map"/> adds.</summary>
    public static async Task<StubService> StartAsync(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var server = builder.Build();
        server.UseRouting();
        map(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server);
    }

    /// <summary>Answers with JSON.</summary>
    public static Task AnswerAsync(HttpContext http, int status, string json, string mediaType = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        return http.Response.WriteAsync(json);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
