using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PoseFunctions.Cli.Tests;

/// <summary>A service on a real port whose answers a test writes.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private const string Poses = """{"poses":[{"name":"front"},{"name":"three-quarter-left"},{"name":"back"}]}""";

    private const string Models = """
        {"models":[{"name":"patchxing","kind":"generator","can":["poseTransfer"]},
        {"name":"scam","kind":"generator","can":["poseTransfer","subjectTransfer"]},
        {"name":"flow","kind":"generator","can":["poseTransfer","severalSources"]},
        {"name":"keypoints","kind":"keypoints"}]}
        """;

    private readonly WebApplication server;

    private readonly ConcurrentQueue<string> requests;

    private StubService(WebApplication server, ConcurrentQueue<string> requests) => (this.server, this.requests) = (server, requests);

    public string Url => server.Urls.Single();

    /// <summary>Method and path of every request so far.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Photos and jobs that were sent so far.</summary>
    public IEnumerable<string> Submissions => requests.Where(request => request.StartsWith("POST ", StringComparison.Ordinal));

    /// <summary>Starts a service with the endpoints that <paramref name="map"/> adds, and a small catalogue unless it adds another.</summary>
    public static async Task<StubService> StartAsync(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var server = builder.Build();
        var requests = new ConcurrentQueue<string>();
        server.Use((http, next) =>
        {
            requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
            return next(http);
        });
        server.UseRouting();
        map(server);
        server.MapGet("/api/poses", http => AnswerAsync(http, 200, Poses)).WithOrder(1);
        server.MapGet("/api/models", http => AnswerAsync(http, 200, Models)).WithOrder(1);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server, requests);
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
