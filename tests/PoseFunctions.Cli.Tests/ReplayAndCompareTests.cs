using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PoseFunctions.Cli.Tests;

public sealed class ReplayAndCompareTests : IDisposable
{
    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("same", "same", "in", "identical", ExitCodes.Success)]
    [InlineData("same", "other", "in", "differs, although made from the same", ExitCodes.JobFailed)]
    [InlineData("same", "other", "out", "differs, and was made from something else", ExitCodes.JobFailed)]
    public async Task Replay_ComparesTheFilesOfBothJobs(string before, string after, string input, string expected, int exitCode)
    {
        await using var service = await StubService.StartAsync(routes =>
        {
            routes.MapGet("/api/jobs/{id}", http => StubService.AnswerAsync(http, 200, Job($"{http.Request.RouteValues["id"]}", "in")));
            routes.MapPost("/api/jobs/shop-1/replay", http => StubService.AnswerAsync(http, 202, Job("shop-2", input)));
            routes.MapGet("/api/jobs/shop-1/results/0", http => http.Response.WriteAsync(before));
            routes.MapGet("/api/jobs/shop-2/results/0", http => http.Response.WriteAsync(after));
        });

        var run = await CommandLineRun.RunAsync("replay", "shop-1", "--url", service.Url);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(["shop-2 succeeded", $"  0 front: {expected}"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Compare_EveryGeneratorThatRendersPoses_GetsTheSamePhotoAndARowOfTheSheet()
    {
        const string Models = """
            {"models":[{"name":"one","kind":"generator","can":["poseTransfer"]},{"name":"two","kind":"generator","can":["poseTransfer","subjectTransfer"]},
            {"name":"scenes","kind":"generator","can":["subjectTransfer"]},{"name":"keypoints","kind":"keypoints"}]}
            """;
        var requests = new ConcurrentBag<string>();
        await using var service = await StubService.StartAsync(routes =>
        {
            routes.MapGet("/api/models", http => StubService.AnswerAsync(http, 200, Models));
            routes.MapGet("/api/poses", http => StubService.AnswerAsync(http, 200, """{"poses":[{"name":"front"}]}"""));
            routes.MapPost("/api/jobs", async http =>
            {
                var form = await http.Request.ReadFormAsync(TestContext.Current.CancellationToken);
                requests.Add(form["request"]!);
                await StubService.AnswerAsync(http, 202, Job("shop-1", "in"));
            });
            routes.MapGet("/api/jobs/shop-1/results/0", http => http.Response.WriteAsync("no picture"));
        });
        var photo = folder.Add("me.jpg");
        var sheet = folder.Combine("sheet.png");

        var run = await CommandLineRun.RunAsync("compare", photo, "--poses", "front", "-o", sheet, "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["one", "two"], requests.Select(request => request.Split('"')[3]).Order(StringComparer.Ordinal));
        Assert.Equal(["one succeeded shop-1", "two succeeded shop-1", sheet], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(File.Exists(sheet));
    }

    [Fact]
    public async Task Submit_Scene_SendsBothPhotosAndCountsBothForTheKey()
    {
        var keys = new ConcurrentBag<string>();
        string? sent = null;
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            var form = await http.Request.ReadFormAsync(TestContext.Current.CancellationToken);
            sent = $"{form["request"]} {form.Files["photo"]!.FileName} {form.Files["scenePhoto"]!.FileName}";
            keys.Add(http.Request.Headers["Idempotency-Key"].ToString());
            await StubService.AnswerAsync(http, 202, Job("shop-1", "in"));
        }));
        foreach (var (name, content) in new[] { ("me.jpg", "me"), ("beach.jpg", "beach"), ("again/beach.jpg", "another beach") })
        {
            folder.Add(name, content);
        }

        foreach (var scene in new[] { "beach.jpg", "beach.jpg", "again/beach.jpg" })
        {
            var run = await CommandLineRun.RunAsync(
                "submit", folder.Combine("me.jpg"), "--scene", folder.Combine(scene), "--seed", "7", "--idempotency", "auto", "--url", service.Url);
            Assert.Equal(ExitCodes.Success, run.ExitCode);
        }

        Assert.StartsWith("""{"targets":[],"scene":"beach.jpg","seed":7,""", sent, StringComparison.Ordinal);
        Assert.EndsWith(" me.jpg beach.jpg", sent, StringComparison.Ordinal);
        Assert.Equal(2, keys.Distinct().Count());
    }

    private static string Job(string id, string input) => $$"""
        {"id":"{{id}}","state":"succeeded","percent":100,"targets":[{"index":0,"name":"front","state":"succeeded",
        "result":{"href":"/api/jobs/{{id}}/results/0","mediaType":"image/png","inputHash":"{{input}}"} }],"timings":{} }
        """;
}
