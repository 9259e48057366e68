using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PoseFunctions.Cli.Tests;

/// <summary>What a folder means, and by which names its photos go.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly PhotoFolder folder = new();
    private readonly StubJobs jobs = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("in")]
    [InlineData("in/")]
    [InlineData("in/2024", "in/2025")]
    [InlineData("in/2024/a.jpg", "in/2025")]
    [InlineData("in/2024/a.jpg", "in/2025/a.jpg", "in/2025/a.jpg")]
    public async Task Submit_SameNameInTwoFolders_KeepsBothApart(params string[] named)
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("in/2024/a.jpg", "2024");
        folder.Add("in/2025/a.jpg", "2025");

        var run = await CommandLineRun.RunAsync(
            ["submit", .. named.Select(folder.Combine), "--output", folder.Combine("out"), "--parallel", "1", "--url", service.Url]);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            $"""
            shop.1 succeeded 2024/a.jpg
              {folder.Combine("out/2024/a-front.png")}
            shop.2 succeeded 2025/a.jpg
              {folder.Combine("out/2025/a-front.png")}

            """,
            run.Output);
        Assert.Equal("result of shop.1", await File.ReadAllTextAsync(folder.Combine("out/2024/a-front.png"), TestContext.Current.CancellationToken));
        Assert.Equal("result of shop.2", await File.ReadAllTextAsync(folder.Combine("out/2025/a-front.png"), TestContext.Current.CancellationToken));
        Assert.Equal(["2024-a.jpg", "2025-a.jpg"], jobs.FileNames);
    }

    [Fact]
    public async Task Submit_NamesThatDifferInTheirEndOnly_NumbersTheResults()
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("in/a.jpg");
        folder.Add("in/a.png");
        folder.Add("in/A.webp");

        var run = await CommandLineRun.RunAsync("submit", folder.Combine("in"), "--output", folder.Combine("out"), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            ["A-front.png", "a-2-front.png", "a-3-front.png"],
            Directory.EnumerateFiles(folder.Combine("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Submit_Folder_LeavesOutWhatIsHiddenNoPhotoOrItsOwnOutput()
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("a.jpg");
        folder.Add(".hidden/b.jpg");
        folder.Add("._a.jpg");
        folder.Add("results/a-front.png");
        folder.Add("sheet.png");
        folder.AddText("notes.txt");

        var run = await CommandLineRun.RunAsync(
            "submit", folder.Path, "--output", folder.Combine("results"), "--contact-sheet", folder.Combine("sheet.png"), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["a.jpg"], jobs.FileNames);
    }

    /// <summary>Shared memory is the one other place that a test may write to on every Linux.</summary>
    [Fact]
    public async Task Submit_PhotosThatShareNoFolder_KeepsTheirWholePaths()
    {
        var other = Path.Combine("/dev/shm", Path.GetRandomFileName());
        Assert.SkipUnless(Directory.Exists("/dev/shm") && !folder.Path.StartsWith("/dev/", StringComparison.Ordinal), "There is no other place.");
        await using var service = await StubService.StartAsync(jobs.Map);
        try
        {
            Directory.CreateDirectory(other);
            File.Copy(folder.Add("a.jpg"), Path.Combine(other, "a.jpg"));

            var run = await CommandLineRun.RunAsync("submit", folder.Path, other, "--parallel", "1", "--url", service.Url);

            Assert.Equal($"shop.1 accepted {folder.Combine("a.jpg")[1..]}\nshop.2 accepted {other[1..]}/a.jpg\n", run.Output);
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public async Task Submit_LinkThatLeadsBack_FindsEveryPhotoOnce()
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("2024/a.jpg");
        Directory.CreateSymbolicLink(folder.Combine("2024/round"), folder.Path);

        await CommandLineRun.RunAsync("submit", folder.Path, "--url", service.Url);

        Assert.Equal(["2024-a.jpg"], jobs.FileNames);
    }

    [Fact]
    public async Task Fetch_TargetWithAPathAsName_StaysInTheFolder()
    {
        const string Job = """
            {"id":"shop.1","state":"succeeded","timings":{},"targets":[{"index":0,"name":"../../up","state":"succeeded",
            "result":{"href":"/api/jobs/shop.1/results/0","mediaType":"image/png"}}]}
            """;
        await using var service = await StubService.StartAsync(routes =>
        {
            routes.MapGet("/api/jobs/shop.1", http => StubService.AnswerAsync(http, 200, Job));
            routes.MapGet("/api/jobs/shop.1/results/0", http => http.Response.WriteAsync("image"));
        });

        var run = await CommandLineRun.RunAsync("fetch", "shop.1", "--output", folder.Combine("a/b"), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal([folder.Combine("a/b/shop.1-.._.._up.png")], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }
}
