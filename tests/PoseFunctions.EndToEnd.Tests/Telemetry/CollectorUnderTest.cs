using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>A collector that keeps what is posted to it over OTLP/HTTP.</summary>
public sealed class CollectorUnderTest : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> posts = [];
    private readonly WebApplication server;

    private CollectorUnderTest()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(KeepAsync);
    }

    public string Address => server.Urls.Single();

    /// <summary>Where something was posted, in order.</summary>
    public IReadOnlyList<string> Paths => [.. posts.Select(post => post.Path)];

    public IReadOnlyList<ExportedSpan> Spans => [.. posts.Where(post => post.Path == "/v1/traces").SelectMany(post => ExportedSpan.Read(post.Body))];

    /// <summary>Every histogram as it was sent last; each post has all that was measured since the start.</summary>
    public IReadOnlyDictionary<string, ExportedHistogram> Histograms => posts
        .Where(post => post.Path == "/v1/metrics")
        .SelectMany(post => ExportedHistogram.Read(post.Body))
        .GroupBy(histogram => histogram.Name)
        .ToDictionary(histograms => histograms.Key, histograms => histograms.MaxBy(histogram => histogram.Count)!);

    public static async Task<CollectorUnderTest> StartAsync()
    {
        var collector = new CollectorUnderTest();
        await collector.server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task KeepAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        posts.Enqueue(($"{http.Request.Path}", body.ToArray()));
    }
}
