using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PoseFunctions.Cli.Tests;

/// <summary>Routes of a service that accepts every photo: job <c>shop.1</c>, <c>shop.2</c>, … in the order in which they come.</summary>
internal sealed class StubJobs
{
    private readonly ConcurrentDictionary<string, string> names = new();
    private int last;

    /// <summary>File names as the service read them from the forms.</summary>
    public IReadOnlyList<string> FileNames => [.. names.Values.Order(StringComparer.Ordinal)];

    /// <summary>State in which jobs are, unless a test says otherwise.</summary>
    public string State { get; init; } = "succeeded";

    /// <summary>Called before the state of a job is told.</summary>
    public Func<HttpContext, Task> Asked { get; init; } = _ => Task.CompletedTask;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/jobs", async http =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var id = $"shop.{Interlocked.Increment(ref last)}";
            names[id] = form.Files["photo"]!.FileName;
            await StubService.AnswerAsync(http, 202, Job(id, "accepted"));
        });
        routes.MapGet("/api/jobs/{id}", async http =>
        {
            await Asked(http);
            await StubService.AnswerAsync(http, 200, Job((string)http.Request.RouteValues["id"]!, State));
        });
        routes.MapGet("/api/jobs/{id}/results/0", http => http.Response.WriteAsync($"result of {http.Request.RouteValues["id"]}"));
    }

    private static string Job(string id, string state) => $$"""
        {"id":"{{id}}","state":"{{state}}","percent":40,"timings":{},"targets":[{"index":0,"name":"front","state":"succeeded",
        "result":{"href":"/api/jobs/{{id}}/results/0","mediaType":"image/png"} }] }
        """;
}
