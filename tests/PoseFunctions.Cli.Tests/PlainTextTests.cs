using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace PoseFunctions.Cli.Tests;

/// <summary>Colours and moving bars for a terminal, plain lines for everything else.</summary>
public sealed partial class PlainTextTests : IDisposable
{
    private const char Escape = '\u001b';

    private static readonly Dictionary<string, string?> NoVariables = [];

    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Submit_InAPipe_TellsProgressInPlainLines()
    {
        var seen = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(new StubJobs { State = "succeeded", Asked = _ => seen.Task }.Map);
        using var program = ProgramProcess.Start(NoVariables, "submit", folder.Add("dress.jpg"), "--wait", "--url", service.Url);

        string? line;
        while ((line = await program.ReadMessageAsync()) is "")
        {
        }

        seen.SetResult();
        var run = await program.EndAsync();
        Assert.Equal("dress accepted: 40%", line);
        Assert.Equal((ExitCodes.Success, "shop.1 succeeded dress.jpg\n"), (run.ExitCode, run.Output));
        Assert.DoesNotContain(Escape, run.Messages);
    }

    [Fact]
    public async Task Run_ErrorInAPipe_IsOneLineWithoutColours()
    {
        var sentence = $"There is no such job, and this is said in {string.Join(' ', Enumerable.Repeat("very", 100))} many words.";
        await using var service = await StubService.StartAsync(routes => routes.MapGet("/api/jobs/{id}", http =>
            StubService.AnswerAsync(http, 404, $$"""{"code":"job_unknown","detail":"{{sentence}}"}""", "application/problem+json")));

        var run = await ProgramProcess.RunAsync(NoVariables, "fetch", "shop.1", "--output", folder.Path, "--url", service.Url);

        Assert.Equal($"error: shop.1: {sentence}\n", run.Messages);
    }

    [Fact]
    public async Task Run_HelpInAPipe_FitsEightyColumns()
    {
        const string Commands = ",submit,list,watch,fetch,compare,replay,poses,models,backlog,drain,poison,poison list,poison requeue,tenants,tenants erase";
        foreach (var command in Commands.Split(','))
        {
            var run = await CommandLineRun.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

            Assert.Equal(ExitCodes.Success, run.ExitCode);
            Assert.DoesNotContain(run.Output.Split('\n'), line => line.Length > 80);
        }
    }

    [Fact]
    public async Task Submit_InATerminal_HasColoursAndALiveBar()
    {
        var text = await SubmitInTerminalAsync(NoVariables);

        Assert.Matches(ColourCode, text);
        Assert.Contains($"{Escape}[?25l", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_InATerminalWithNoColor_HasALiveBarWithoutColours()
    {
        var text = await SubmitInTerminalAsync(new Dictionary<string, string?> { ["NO_COLOR"] = "1" });

        Assert.DoesNotMatch(ColourCode, text);
        Assert.Contains($"{Escape}[?25l", text, StringComparison.Ordinal);
    }

    private async Task<string> SubmitInTerminalAsync(Dictionary<string, string?> environment)
    {
        await using var service = await StubService.StartAsync(new StubJobs().Map);

        var text = await ProgramProcess.RunInTerminalAsync(environment, $"submit '{folder.Add("dress.jpg")}' --wait --url {service.Url}");

        Assert.Contains("shop.1 succeeded dress.jpg", text, StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex ColourCode { get; }
}
