using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PoseFunctions.Cli.Tests;

/// <summary>How people write the address of a service.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/API//")]
    public async Task Run_AddressWithOrWithoutApi_ReachesTheService(string end)
    {
        await using var service = await StubService.StartAsync(_ => { });

        var run = await CommandLineRun.RunAsync("poses", "--url", service.Url + end);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["GET /api/poses"], service.Requests);
    }

    [Theory]
    [InlineData("/shop")]
    [InlineData("/shop/api")]
    public async Task Fetch_ServiceBelowAPath_DownloadsFromThere(string path)
    {
        const string Job = """
            {"id":"shop.1","state":"succeeded","timings":{},"targets":[{"index":0,"name":"front","state":"succeeded",
            "result":{"href":"/api/jobs/shop.1/results/0","mediaType":"image/png"}}]}
            """;
        using var folder = new PhotoFolder();
        await using var service = await StubService.StartAsync(routes =>
        {
            routes.MapGet("/shop/api/jobs/shop.1", http => StubService.AnswerAsync(http, 200, Job));
            routes.MapGet("/shop/api/jobs/shop.1/results/0", http => http.Response.WriteAsync("image"));
        });

        var run = await CommandLineRun.RunAsync("fetch", "shop.1", "--output", folder.Path, "--url", service.Url + path);

        Assert.Equal((ExitCodes.Success, folder.Combine("shop.1-front.png")), (run.ExitCode, run.Output.TrimEnd()));
    }

    [Fact]
    public async Task Run_Environment_SaysWhichServiceAndAsWhom()
    {
        string? seen = null;
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/poses", http =>
        {
            seen = $"{http.Request.Headers["x-functions-key"]} {http.Request.Headers["X-Tenant"]}";
            return StubService.AnswerAsync(http, 200, """{"poses":[]}""");
        }));
        var environment = new Dictionary<string, string?>
        {
            ["POSEFUNCTIONS_URL"] = $"{service.Url}/api",
            ["POSEFUNCTIONS_KEY"] = "a-key",
            ["POSEFUNCTIONS_TENANT"] = "shop",
        };

        var run = await ProgramProcess.RunAsync(environment, "poses");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal("a-key shop", seen);
    }
}
