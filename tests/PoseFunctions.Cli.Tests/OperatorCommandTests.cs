using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace PoseFunctions.Cli.Tests;

/// <summary>What operators type.</summary>
public sealed class OperatorCommandTests
{
    private const string Exhausted = """{"code":"attempts_exhausted","message":"All attempts were cut short.","retryable":true}""";
    private const string Unreadable = """{"code":"image_unreadable","message":"The file ends early.","retryable":false}""";

    private readonly ConcurrentQueue<string> retried = new();

    [Fact]
    public async Task PoisonList_FailedJobsOnTwoPages_ShowsThoseThatAnotherAttemptMayHelp()
    {
        await using var service = await StubService.StartAsync(MapFailedJobs);

        var run = await CommandLineRun.RunAsync("poison", "list", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            ["shop.1 2026-01-02 03:04:05Z attempts_exhausted All attempts were cut short.", "shop.3 2026-01-02 03:04:05Z attempts_exhausted All attempts were cut short."],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("shop.1,shop.3", "--all")]
    [InlineData("shop.1,shop.2,shop.3", "--all", "--final")]
    [InlineData("shop.2", "--all", "--final", "--code", "image_unreadable")]
    [InlineData("shop.9", "shop.9")]
    public async Task PoisonRequeue_JobsThatWereMeant_AreRetriedAndNoOthers(string expected, params string[] arguments)
    {
        await using var service = await StubService.StartAsync(MapFailedJobs);

        var run = await CommandLineRun.RunAsync(["poison", "requeue", .. arguments, "--url", service.Url]);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(expected.Split(','), retried);
        Assert.Contains($"{retried.First()} queued", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poison", "requeue")]
    [InlineData("poison", "requeue", "shop.1", "--all")]
    [InlineData("tenants", "erase", "shop-a")]
    [InlineData("tenants", "erase", "shop-a", "--confirm", "shop-b")]
    [InlineData("drain", "--timeout", "soon")]
    public async Task Run_WhatIsNotMeantForSure_IsAUsageError(params string[] arguments)
    {
        var run = await CommandLineRun.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.NotEmpty(run.Messages);
    }

    [Fact]
    public async Task Drain_JobsEndOneByOne_WaitsUntilNoneIsLeft()
    {
        var unfinished = 3;
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/operator/backlog", http =>
            StubService.AnswerAsync(http, 200, Backlog(Math.Max(0, unfinished--)))));

        var run = await CommandLineRun.RunAsync("drain", "--settle", "00:00:00", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            ["unparsed 0, queued 3, running 0", "unparsed 0, queued 2, running 0", "unparsed 0, queued 1, running 0", "unparsed 0, queued 0, running 0", "drained"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Drain_JobsLeftWhenTimeIsUp_SaysHowMany()
    {
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/operator/backlog", http =>
            StubService.AnswerAsync(http, 200, Backlog(2))));

        var run = await CommandLineRun.RunAsync("drain", "--timeout", "00:00:00", "--url", service.Url);

        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.Contains("2 jobs have not ended.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TenantsErase_SeveralRounds_GoesOnUntilNothingIsLeft()
    {
        var rounds = new Queue<string>(["""{"jobs":200,"complete":false}""", """{"jobs":7,"complete":false}""", """{"jobs":0,"complete":true}"""]);
        await using var service = await StubService.StartAsync(routes => routes.MapDelete("/api/operator/tenants/shop-a", http =>
            StubService.AnswerAsync(http, 200, rounds.Dequeue())));

        var run = await CommandLineRun.RunAsync("tenants", "erase", "shop-a", "--confirm", "shop-a", "--url", service.Url);

        Assert.Equal((ExitCodes.Success, "shop-a: 207 jobs erased, nothing is left\n"), (run.ExitCode, run.Output.ReplaceLineEndings("\n")));
        Assert.Empty(rounds);
    }

    private static string Backlog(int queued) => $$"""{"unparsed":0,"queued":{{queued}},"running":0,"failed":1,"messages":0}""";

    private void MapFailedJobs(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/operator/jobs", http => StubService.AnswerAsync(
            http,
            200,
            http.Request.Query.ContainsKey("continuation")
                ? Page("", "shop.3")
                : Page(@",""next"":""/api/operator/jobs?continuation=x""", "shop.1", "shop.2")));
        routes.MapGet("/api/jobs/{id}", http =>
        {
            var id = (string)http.Request.RouteValues["id"]!;
            return StubService.AnswerAsync(
                http, 200, $$"""{"id":"{{id}}","state":"failed","failure":{{(id == "shop.2" ? Unreadable : Exhausted)}}}""");
        });
        routes.MapPost("/api/jobs/{id}/retry", http =>
        {
            var id = (string)http.Request.RouteValues["id"]!;
            retried.Enqueue(id);
            return StubService.AnswerAsync(http, 202, $$"""{"id":"{{id}}","state":"queued"}""");
        });
    }

    private static string Page(string next, params string[] ids) =>
        $$"""{"jobs":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","state":"failed","updatedAt":"2026-01-02T03:04:05Z"}"""))}}]{{next}}}""";
}
