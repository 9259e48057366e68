namespace PoseFunctions.Cli.Tests;

/// <summary>What cannot end well is refused before a photo is sent and a job is paid for.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("'{0}/taken' is a file", "submit", "{0}/a.jpg", "--output", "{0}/taken")]
    [InlineData("'{0}/taken/out' cannot be written", "submit", "{0}/a.jpg", "--output", "{0}/taken/out")]
    [InlineData("'/proc/out' cannot be written", "submit", "{0}/a.jpg", "--output", "/proc/out")]
    [InlineData("'{0}/none/sheet.png' cannot be written", "submit", "{0}/a.jpg", "--output", "{0}/out", "--contact-sheet", "{0}/none/sheet.png")]
    [InlineData("'/proc/sheet.png' cannot be written", "submit", "{0}/a.jpg", "--output", "{0}/out", "--contact-sheet", "/proc/sheet.png")]
    [InlineData("'{0}' is a folder", "submit", "{0}/a.jpg", "--output", "{0}/out", "--contact-sheet", "{0}")]
    [InlineData("no file or folder '{0}/b.jpg'", "submit", "{0}/a.jpg", "{0}/b.jpg")]
    [InlineData("no file or folder '@photo.jpg'", "submit", "{0}/a.jpg", "@photo.jpg")]
    [InlineData("'{0}/taken' is no JPEG, PNG, WebP or AVIF", "submit", "{0}/a.jpg", "{0}/taken")]
    [InlineData("'{0}/taken' is no JPEG, PNG, WebP or AVIF", "submit", "{0}/a.jpg", "--scene", "{0}/taken")]
    [InlineData("'{0}' is a folder", "submit", "{0}/a.jpg", "--scene", "{0}")]
    [InlineData("no pose 'fornt'; it has: front, three-quarter-left, back", "submit", "{0}/a.jpg", "--poses", "front,fornt")]
    [InlineData("no generator 'xing' for target poses; it has: patchxing, scam, flow", "submit", "{0}/a.jpg", "--generator", "xing")]
    [InlineData("no generator 'patchxing' for scenes; it has: scam", "submit", "{0}/a.jpg", "--scene", "{0}/a.jpg", "--generator", "patchxing")]
    [InlineData("no generator 'scam' for several photos of a person; it has: flow", "submit", "{0}/a.jpg", "--source", "{0}/a.jpg", "--generator", "scam")]
    [InlineData("--source goes with one photo, because it shows the same person; there are 2", "submit", "{0}/a.jpg", "{0}/2.jpg", "--source", "{0}/a.jpg")]
    [InlineData("'{0}/taken' is no JPEG, PNG, WebP or AVIF", "submit", "{0}/a.jpg", "--source", "{0}/taken")]
    [InlineData("'{0}' is a folder", "submit", "{0}/a.jpg", "--source", "{0}")]
    [InlineData("sources names at most 3 more, got 4", "submit", "{0}/a.jpg", "--source", "{0}/a.jpg", "--source", "{0}/2.jpg", "--source", "{0}/3.jpg", "--source", "{0}/4.jpg")]
    [InlineData("--seed is a number", "submit", "{0}/a.jpg", "--seed", "-1")]
    [InlineData("output.longSide is 16 to 4096", "submit", "{0}/a.jpg", "--long-side", "5000")]
    [InlineData("'{0}/none/sheet.png' cannot be written", "compare", "{0}/a.jpg", "--output", "{0}/none/sheet.png")]
    [InlineData("'{0}/taken' is no JPEG, PNG, WebP or AVIF", "compare", "{0}/taken", "--output", "{0}/sheet.png")]
    [InlineData("no generator 'xing' for target poses", "compare", "{0}/a.jpg", "--generators", "scam,xing", "--output", "{0}/sheet.png")]
    [InlineData("no pose 'fornt'", "compare", "{0}/a.jpg", "--poses", "fornt", "--output", "{0}/sheet.png")]
    public async Task Run_WhatCannotEndWell_SendsNoPhotoAndSaysWhy(string expected, params string[] arguments)
    {
        await using var service = await StubService.StartAsync(new StubJobs().Map);
        foreach (var name in (string[])["a.jpg", "2.jpg", "3.jpg", "4.jpg"])
        {
            folder.Add(name);
        }

        folder.AddText("taken");

        var run = await CommandLineRun.RunAsync([.. arguments.Select(InFolder), "--url", service.Url]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(InFolder(expected), run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(service.Submissions);
        Assert.Equal("no photo", await File.ReadAllTextAsync(folder.Combine("taken"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_IntoAFile_AsksForNothing()
    {
        await using var service = await StubService.StartAsync(new StubJobs().Map);

        var run = await CommandLineRun.RunAsync("fetch", "shop.1", "--output", folder.AddText("taken"), "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Submit_SheetThatIsThereAlready_IsNotTouchedBeforeItIsReplaced()
    {
        await using var service = await StubService.StartAsync(_ => { });
        var sheet = folder.AddText("sheet.png");

        var run = await CommandLineRun.RunAsync(
            "submit", folder.Add("a.jpg"), "--poses", "fornt", "--output", folder.Combine("out"), "--contact-sheet", sheet, "--url", service.Url);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal("no photo", await File.ReadAllTextAsync(sheet, TestContext.Current.CancellationToken));
    }

    private string InFolder(string text) => text.Replace("{0}", folder.Path, StringComparison.Ordinal);
}
