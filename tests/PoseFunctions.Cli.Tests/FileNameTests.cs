using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace PoseFunctions.Cli.Tests;

/// <summary>Names of files are data: each is uploaded or has one error line, and never costs the others.</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly PhotoFolder folder = new();
    private readonly StubJobs jobs = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain.jpg", "plain.jpg")]
    [InlineData("qu\"ote.jpg", "qu-ote.jpg")]
    [InlineData("\"quoted\".jpg", "-quoted-.jpg")]
    [InlineData("new\nline.jpg", "new_line.jpg")]
    [InlineData("carriage\rreturn.jpg", "carriage_return.jpg")]
    [InlineData("bell\a and \u001b[31mred.jpg", "bell_ and _[31mred.jpg")]
    [InlineData("right\u202Eto left.jpg", "right_to left.jpg")]
    [InlineData("straße 日本 👗.jpg", "straße 日本 👗.jpg")]
    [InlineData("back\\slash.jpg", "back-slash.jpg")]
    [InlineData("-dash.jpg", "-dash.jpg")]
    [InlineData("--help.jpg", "--help.jpg")]
    [InlineData("@list.jpg", "@list.jpg")]
    [InlineData("semi;colon=%41'.jpg", "semi;colon=%41'.jpg")]
    [InlineData("[red]markup].jpg", "[red]markup].jpg")]
    public async Task Submit_OddNameInAFolder_IsUploadedAndSoAreTheOthers(string name, string uploaded)
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add(name);
        folder.Add("other.jpg");

        var run = await CommandLineRun.RunAsync("submit", folder.Path, "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(new[] { uploaded, "other.jpg" }.Order(StringComparer.Ordinal), jobs.FileNames);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain(run.Output + run.Messages, letter => char.IsControl(letter) && letter != '\n');
    }

    [Theory]
    [InlineData("qu\"ote.jpg")]
    [InlineData("new\nline.jpg")]
    [InlineData("-dash.jpg")]
    public async Task Submit_OddNameWithOutput_SavesItsResult(string name)
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add($"in/{name}");

        var run = await CommandLineRun.RunAsync("submit", folder.Combine("in"), "--output", folder.Combine("out"), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        var saved = Assert.Single(Directory.EnumerateFiles(folder.Combine("out")));
        Assert.Equal("result of shop.1", await File.ReadAllTextAsync(saved, TestContext.Current.CancellationToken));
        Assert.Contains($"  {saved}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scene.jpg")]
    [InlineData("\"scene\"")]
    [InlineData("sce\nne.jpg")]
    public async Task Submit_OddNameOfAScene_IsTheNameThatTheRequestSays(string name)
    {
        (string Said, string Sent)? scene = null;
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            var form = await http.Request.ReadFormAsync(TestContext.Current.CancellationToken);
            using var request = JsonDocument.Parse(form["request"].ToString());
            scene = (request.RootElement.GetProperty("scene").GetString()!, form.Files["scenePhoto"]!.FileName);
            await StubService.AnswerAsync(http, 202, """{"id":"shop.1","state":"accepted"}""");
        }));

        var run = await CommandLineRun.RunAsync("submit", folder.Add("me.jpg"), "--scene", folder.Add(name), "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(scene!.Value.Said, scene.Value.Sent);
    }

    [Fact]
    public async Task Submit_FilesThatCannotBeRead_AreOneErrorLineEachAndTheOthersGoOn()
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("good.jpg");
        File.CreateSymbolicLink(folder.Combine("dangling.jpg"), folder.Combine("nowhere"));
        File.CreateSymbolicLink(folder.Combine("line\nbreak.jpg"), folder.Combine("nowhere"));

        var run = await CommandLineRun.RunAsync("submit", folder.Path, "--idempotency", "auto", "--url", service.Url);

        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.Equal("shop.1 accepted good.jpg\n", run.Output);
        var errors = run.Messages.Split('\n').Where(line => line.StartsWith("error:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("error: dangling.jpg: ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("error: line_break.jpg: ", errors[1], StringComparison.Ordinal);
    }

    /// <summary>Only a shell can make such a file, and take it away: in .NET file names are text.</summary>
    [Fact]
    public async Task Submit_NameThatIsNoText_IsOneErrorLineAndTheOthersGoOn()
    {
        await using var service = await StubService.StartAsync(jobs.Map);
        folder.Add("good.jpg");
        await ShellAsync("cp good.jpg \"$(printf 'bad\\377.jpg')\"");

        var run = await CommandLineRun.RunAsync("submit", folder.Path, "--url", service.Url);

        await ShellAsync("rm bad*");
        Assert.Equal(ExitCodes.JobFailed, run.ExitCode);
        Assert.Equal("shop.1 accepted good.jpg\n", run.Output);
        Assert.Contains("error: bad\uFFFD.jpg: ", run.Messages, StringComparison.Ordinal);
    }

    private async Task ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = folder.Path })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
