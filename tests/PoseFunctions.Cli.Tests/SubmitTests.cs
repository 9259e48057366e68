using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PoseFunctions.Cli.Tests;

public sealed class SubmitTests : IDisposable
{
    private const string Problem = "application/problem+json";

    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Submit_WithOutput_WatchesTheJobAndSavesItsResults()
    {
        string? form = null;
        var looks = 0;
        await using var service = await StubService.StartAsync(routes =>
        {
            routes.MapPost("/api/jobs", async http =>
            {
                var fields = await http.Request.ReadFormAsync(TestContext.Current.CancellationToken);
                form = $"{fields["request"]} {fields.Files["photo"]!.FileName} {fields.Files["photo"]!.Length}";
                await StubService.AnswerAsync(http, 202, Job("accepted"));
            });
            routes.MapGet("/api/jobs/shop-1", http =>
            {
                Assert.StartsWith("wait=", http.Request.Headers["Prefer"].ToString(), StringComparison.Ordinal);
                return StubService.AnswerAsync(http, 200, ++looks < 3 ? Job("running") : Succeeded);
            });
            routes.MapGet("/api/jobs/shop-1/results/0", http => http.Response.WriteAsync("an image"));
        });

        var output = folder.Combine("out");
        var run = await CommandLineRun.RunAsync(
            "submit", folder.Add("dress.jpg"), "--poses", "front", "--long-side", "512", "--output", output, "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(3, looks);
        Assert.Equal("""{"targets":[{"pose":"front"}],"output":{"format":"jpeg","quality":90,"longSide":512,"keepBackground":false}} dress.jpg 4""", form);
        Assert.StartsWith("shop-1 succeeded dress.jpg\n", run.Output, StringComparison.Ordinal);
        Assert.Equal("an image", await File.ReadAllTextAsync(Path.Combine(output, "dress-front.png"), TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(output));
    }

    [Fact]
    public async Task Submit_RefusedPhotoAmongOthers_SubmitsTheOthersAndReportsFailure()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            var photo = (await http.Request.ReadFormAsync(TestContext.Current.CancellationToken)).Files["photo"]!;
            await (photo.FileName == "bad.png"
                ? StubService.AnswerAsync(http, 415, """{"code":"image_format_unsupported","detail":"That is no picture."}""", Problem)
                : StubService.AnswerAsync(http, 202, Job("accepted")));
        }));

        folder.Add("bad.png");
        folder.Add("good.png");
        folder.AddText("notes.txt");
        var run = await CommandLineRun.RunAsync("submit", folder.Path, "--url", service.Url);

        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.Equal("shop-1 accepted good.png", run.Output.Trim());
        Assert.Contains("bad.png: That is no picture.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_BusyService_TriesAgainWithTheSameIdempotencyKey()
    {
        var keys = new ConcurrentQueue<string>();
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            keys.Enqueue(http.Request.Headers["Idempotency-Key"].ToString());
            http.Response.Headers.RetryAfter = "3600";
            await (keys.Count < 3 ? StubService.AnswerAsync(http, 503, "{}", Problem) : StubService.AnswerAsync(http, 202, Job("accepted")));
        }));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("dress.jpg"), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Theory]
    [InlineData("auto", "a.jpg", 1)]
    [InlineData("auto", "b.jpg", 2)]
    [InlineData("new", "a.jpg", 2)]
    public async Task Submit_SamePhotoTwice_IsOneJobOnlyWithItsNameAndDerivedKeys(string idempotency, string second, int expectedKeys)
    {
        var keys = new ConcurrentBag<string>();
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", http =>
        {
            keys.Add(http.Request.Headers["Idempotency-Key"].ToString());
            return StubService.AnswerAsync(http, 202, Job("accepted"));
        }));

        await CommandLineRun.RunAsync("submit", folder.Add("a.jpg"), "--idempotency", idempotency, "--url", service.Url);
        await CommandLineRun.RunAsync("submit", folder.Add(second), "--idempotency", idempotency, "--url", service.Url);

        Assert.Equal(expectedKeys, keys.Distinct().Count());
    }

    [Fact]
    public async Task Submit_JobFails_SaysWhyAndReportsFailure()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", http => StubService.AnswerAsync(
            http,
            202,
            """{"id":"shop-1","state":"failed","targets":[],"timings":{},"failure":{"code":"person_missing","message":"No person was found.","retryable":false}}""")));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("chair.jpg"), "--wait", "--url", service.Url);

        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.Contains("No person was found.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ContactSheetWithAPhotoThatIsNone_ShowsTheOthers()
    {
        const string Failed = """
            {"id":"shop-1","state":"failed","targets":[{"index":0,"name":"front","state":"pending"}],"timings":{},
            "failure":{"code":"image_unreadable","message":"The file ends early.","retryable":false}}
            """;
        await using var service = await StubService.StartAsync(
            routes => routes.MapPost("/api/jobs", http => StubService.AnswerAsync(http, 202, Failed)));

        var sheet = folder.Combine("sheet.png");
        var run = await CommandLineRun.RunAsync(
            "submit", folder.Add("half.jpg"), "--output", folder.Combine("out"), "--contact-sheet", sheet, "--url", service.Url);

        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.True(File.Exists(sheet), run.Messages);
    }

    [Fact]
    public async Task Submit_PersonCoverageAndBackground_AreAskedFor()
    {
        string? request = null;
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            request = (await http.Request.ReadFormAsync(TestContext.Current.CancellationToken))["request"];
            await StubService.AnswerAsync(http, 202, Job("accepted"));
        }));

        var run = await CommandLineRun.RunAsync(
            "submit", folder.Add("dress.jpg"), "--poses", "front", "--person", "0.5,0,0.5,1", "--min-coverage", "0.4", "--invent-limbs", "--background", "transparent",
            "--format", "png", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        var sent = JsonNode.Parse(request!)!;
        Assert.Equal("[0.5,0,0.5,1]", sent["person"]!.ToJsonString());
        Assert.Equal(0.4, sent["minCoverage"]!.GetValue<double>());
        Assert.True(sent["inventLimbs"]!.GetValue<bool>());
        Assert.Equal("transparent", sent["output"]!["background"]!.GetValue<string>());
    }

    [Fact]
    public async Task Submit_KeepBackgroundOfOlderScripts_IsTakenAndChangesNothing()
    {
        await using var service = await StubService.StartAsync(
            routes => routes.MapPost("/api/jobs", http => StubService.AnswerAsync(http, 202, Job("accepted"))));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("dress.jpg"), "--keep-background", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
    }

    [Fact]
    public async Task Submit_WarningsOfTheService_AreToldInWords()
    {
        const string Warned = """
            {"id":"shop-1","state":"succeeded","timings":{},"warnings":["several_people","news"],
            "targets":[{"index":0,"name":"back","state":"succeeded","warnings":["low_coverage"]}]}
            """;
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", http => StubService.AnswerAsync(http, 202, Warned)));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("two.jpg"), "--wait", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("two.jpg: several people are in the photo, and the largest was taken; say with --person who is meant", run.Messages, StringComparison.Ordinal);
        Assert.Contains("two.jpg: news", run.Messages, StringComparison.Ordinal);
        Assert.Contains("two.jpg: back: the photo shows less than half of the person in this pose", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WrongKey_IsAUsageError()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", http =>
        {
            Assert.Equal("wrong", http.Request.Headers["x-functions-key"].ToString());
            http.Response.StatusCode = 401;
            return Task.CompletedTask;
        }));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("dress.jpg"), "--key", "wrong", "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("function key", run.Messages, StringComparison.Ordinal);
    }

    private static string Succeeded => """
        {"id":"shop-1","state":"succeeded","percent":100,"targets":[{"index":0,"name":"front","state":"succeeded",
        "result":{"href":"/api/jobs/shop-1/results/0","mediaType":"image/png","width":1,"height":1}}],
        "timings":{"parseMilliseconds":12.5,"totalMilliseconds":80},"news":"ignored"}
        """;

    private static string Job(string state) => $$"""{"id":"shop-1","state":"{{state}}","percent":50,"targets":[],"timings":{} }""";
}
