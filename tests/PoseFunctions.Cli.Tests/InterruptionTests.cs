using PoseFunctions.Testing.Service;

namespace PoseFunctions.Cli.Tests;

/// <summary>However a run ends, the ids of the jobs that it made are known.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoVariables = [];

    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task Submit_Signal_WritesTheIdsSoFarAndEnds(string signal)
    {
        var asked = new CountdownEvent(2);
        var bothAsked = new TaskCompletionSource();
        var jobs = new StubJobs { Asked = http => Ask(asked, bothAsked, http.RequestAborted) };
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("2024/a.jpg");
        folder.Add("2025/a.jpg");
        folder.Add("2026/a.jpg");
        using var program = ProgramProcess.Start(NoVariables, "submit", folder.Path, "--wait", "--parallel", "2", "--url", service.Url);
        await bothAsked.Task.WaitAsync(TestContext.Current.CancellationToken);

        program.Signal(signal);
        var run = await program.EndAsync();

        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["shop.1 accepted", "shop.2 accepted"], lines.Select(line => line[..line.LastIndexOf(' ')]).Order(StringComparer.Ordinal));
        Assert.Equal(["2024/a.jpg", "2025/a.jpg"], lines.Select(line => line.Split(' ')[2]));
        Assert.Contains("error: Cancelled.", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ServiceFailsOnTheWay_WritesTheIdsSoFar()
    {
        await using var service = await StubService.StartAsync(new StubJobs
        {
            Asked = http => throw new InvalidOperationException("the stub fails"),
        }.Map);

        var run = await CommandLineRun.RunAsync("submit", folder.Add("a.jpg"), "--wait", "--url", service.Url);

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.Equal("shop.1 accepted a.jpg\n", run.Output);
    }

    [Fact]
    public async Task Submit_ResultThatCannotBeWritten_WritesTheIdsSoFar()
    {
        Directory.CreateDirectory(folder.Combine("out/a-front.png"));
        await using var service = await StubService.StartAsync(new StubJobs().Map);

        var run = await CommandLineRun.RunAsync("submit", folder.Add("a.jpg"), "--output", folder.Combine("out"), "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal("shop.1 succeeded a.jpg\n", run.Output);
    }

    [Fact]
    public async Task Compare_Cancelled_WritesTheIdsSoFar()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var jobs = new StubJobs
        {
            Asked = async http =>
            {
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            },
        };
        await using var service = await StubService.StartAsync(jobs.Map);

        var run = await CommandLineRun.RunAsync(
            cancellation.Token,
            ["compare", folder.Add("a.jpg"), "--generators", "scam", "--output", folder.Combine("sheet.png"), "--url", service.Url]);

        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal("scam accepted shop.1\n", run.Output);
    }

    private static async Task Ask(CountdownEvent asked, TaskCompletionSource allAsked, CancellationToken aborted)
    {
        if (asked.Signal())
        {
            allAsked.SetResult();
        }

        await Task.Delay(Timeout.Infinite, aborted);
    }
}
