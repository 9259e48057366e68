using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests;

/// <summary>What the documentation tells people to type works as it stands.</summary>
public sealed partial class DocumentedCommandsTests(ServiceFixture service, ITestOutputHelper log)
{
    [Fact]
    public async Task ApiDocument_ItsCommandsInOneShell_AllSucceed()
    {
        var cancel = TestContext.Current.CancellationToken;
        var document = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "api.md"), cancel);
        var blocks = RunnableBlock().Matches(document).Select(block => block.Groups["commands"].Value).ToArray();
        Assert.NotEmpty(blocks);

        using var folder = new TemporaryFolder();
        var script = new StringBuilder("set -euo pipefail\n").AppendJoin('\n', blocks).Replace("/tmp/", $"{folder.Path}/");
        var start = new ProcessStartInfo("bash", ["-c", script.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BASE"] = service.Host.Address!.GetLeftPart(UriPartial.Authority);
        start.Environment["KEY"] = service.Arguments.Key;
        start.Environment["PHOTO"] = SamplePhotos.All[3];
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(cancel);
        var errors = shell.StandardError.ReadToEndAsync(cancel);
        await shell.WaitForExitAsync(cancel);

        log.WriteLine(await output);
        Assert.True(shell.ExitCode == 0, $"exit code {shell.ExitCode}\n{await output}\n{await errors}\n{service.Host.Log}");
    }

    [GeneratedRegex(@"^```bash run\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex RunnableBlock();
}
