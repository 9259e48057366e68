using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PoseFunctions.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("submit")]
    [InlineData("submit", "photo.jpg", "--format", "gif")]
    [InlineData("submit", "photo.jpg", "--parallel", "0")]
    [InlineData("submit", "photo.jpg", "--parallel", "many")]
    [InlineData("submit", "photo.jpg", "--long-side", "wide")]
    [InlineData("submit", "photo.jpg", "--seed", "-1")]
    [InlineData("submit", "photo.jpg", "--contact-shet", "sheet.png")]
    [InlineData("list", "--limit", "0")]
    [InlineData("list", "--state", "asleep")]
    [InlineData("poses", "--tenant", "A_B")]
    [InlineData("submit", "photo.jpg", "--contact-sheet", "sheet.png")]
    [InlineData("submit", "photo.jpg", "--person", "tallest")]
    [InlineData("submit", "photo.jpg", "--background", "white")]
    [InlineData("submit", "photo.jpg", "--min-coverage", "much")]
    [InlineData("submit", "photo.jpg", "--min-coverage", "1.5")]
    [InlineData("submit", "photo.jpg", "--seed", "1.5")]
    [InlineData("submit", "photo.jpg", "--url", "nowhere")]
    [InlineData("submit", "photo.jpg", "--scene", "beach.jpg", "--poses", "front")]
    [InlineData("compare", "/no/such/photo.jpg")]
    [InlineData("replay")]
    [InlineData("submit", "/no/such/photo.jpg")]
    [InlineData("submit", "photo.jpg", "--poses", ",")]
    [InlineData("fetch", "shop-1")]
    [InlineData("repaint")]
    public async Task Run_WrongCommandLine_IsAUsageErrorWithoutStackTrace(params string[] arguments)
    {
        var run = await CommandLineRun.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.NotEmpty(run.Messages);
        Assert.DoesNotContain("   at ", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyListens_IsUnreachable()
    {
        string url;
        await using (var service = await StubService.StartAsync(_ => { }))
        {
            url = service.Url;
        }

        var run = await CommandLineRun.RunAsync("poses", "--url", url);

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.Contains($"The service at {url}/ does not answer", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnswerOfAnotherService_IsUnreachable()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/poses", http => http.Response.WriteAsync("<html>")));

        var run = await CommandLineRun.RunAsync("poses", "--url", service.Url);

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
    }

    [Fact]
    public async Task Run_CancelledWhileWaiting_SaysSoWithoutStackTrace()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/jobs/{id}", async http =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }));

        var run = await CommandLineRun.RunAsync(cancellation.Token, "watch", "shop-1", "--url", service.Url);

        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Contains("Cancelled.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_UnknownJob_IsAUsageErrorWithTheServicesSentence()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/jobs/{id}", http => StubService.AnswerAsync(
            http, 404, """{"code":"job_unknown","detail":"There is no such job."}""", "application/problem+json")));

        var run = await CommandLineRun.RunAsync("watch", "shop-9", "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("There is no such job.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poses_FromTheService_AreOneLineEach()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/poses", http => StubService.AnswerAsync(
            http, 200, """{"joints":[],"poses":[{"name":"front","description":"Faces the camera.","keypoints":[]},{"name":"back","keypoints":[null]}]}""")));

        var run = await CommandLineRun.RunAsync("poses", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["front", "back"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }
}
