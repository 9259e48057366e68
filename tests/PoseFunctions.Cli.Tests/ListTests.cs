using Microsoft.AspNetCore.Builder;

namespace PoseFunctions.Cli.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task List_JobsOnTwoPages_ShowsTheNewestFirstWithStateTimeAndPhoto()
    {
        await using var service = await StartAsync();

        var run = await CommandLineRun.RunAsync("list", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            """
            shop.3 running   2026-01-02 03:04:03Z 2024-a.jpg
            shop.2 failed    2026-01-02 03:04:02Z
            shop.1 succeeded 2026-01-02 03:04:01Z dress.jpg

            """,
            run.Output);
    }

    [Fact]
    public async Task List_Limit_ShowsTheNewestOfAllPages()
    {
        await using var service = await StartAsync();

        var run = await CommandLineRun.RunAsync("list", "--limit", "1", "--url", service.Url);

        Assert.Equal("shop.3 running   2026-01-02 03:04:03Z 2024-a.jpg\n", run.Output);
        Assert.DoesNotContain("GET /api/jobs/shop.1", service.Requests);
    }

    [Fact]
    public async Task List_State_IsWhatTheServiceIsAskedFor()
    {
        string? query = null;
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/jobs", http =>
        {
            query = http.Request.QueryString.Value;
            return StubService.AnswerAsync(http, 200, """{"jobs":[]}""");
        }));

        var run = await CommandLineRun.RunAsync("list", "--state", "running", "--url", service.Url);

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Output));
        Assert.Equal("?limit=200&state=running", query);
    }

    [Fact]
    public async Task Watch_SeveralJobsOfWhichOneIsUnknown_ShowsTheOthersWithTheirPhotos()
    {
        await using var service = await StartAsync();

        var run = await CommandLineRun.RunAsync("watch", "shop.2", "shop.1", "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal("shop.1 succeeded dress.jpg\n", run.Output);
        Assert.Contains("error: shop.2: There is no such job.", run.Messages, StringComparison.Ordinal);
    }

    /// <summary>A service with three jobs on two pages, one of which is erased after it was listed.</summary>
    private static Task<StubService> StartAsync() => StubService.StartAsync(routes =>
    {
        routes.MapGet("/api/jobs", http => StubService.AnswerAsync(http, 200, http.Request.Query.ContainsKey("continuation")
            ? $$"""{"jobs":[{{Item(3, "running")}}]}"""
            : $$"""{"jobs":[{{Item(1, "succeeded")}},{{Item(2, "failed")}}],"next":"/api/jobs?continuation=x"}"""));
        routes.MapGet("/api/jobs/shop.1", http => StubService.AnswerAsync(http, 200, Job("shop.1", "dress.jpg")));
        routes.MapGet("/api/jobs/shop.3", http => StubService.AnswerAsync(http, 200, Job("shop.3", "2024-a.jpg")));
        routes.MapGet("/api/jobs/shop.2", http => StubService.AnswerAsync(
            http, 404, """{"code":"job_unknown","detail":"There is no such job."}""", "application/problem+json"));
    });

    private static string Item(int number, string state) =>
        $$"""{"id":"shop.{{number}}","state":"{{state}}","updatedAt":"2026-01-02T03:04:0{{number}}Z"}""";

    private static string Job(string id, string name) =>
        $$"""{"id":"{{id}}","state":"succeeded","source":{"name":"{{name}}"} }""";
}
