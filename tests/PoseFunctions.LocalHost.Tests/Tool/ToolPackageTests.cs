using System.Diagnostics;
using System.Runtime.InteropServices;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Tool;

/// <summary>The host as others get it: packed, and installed from the package.</summary>
public sealed class ToolPackageTests(AzuriteFixture azurite)
{
    private const string Command = "functions-local-host";

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    [Fact]
    public async Task Tool_InstalledFromItsPackage_RunsAnAppAndStops()
    {
        using var folder = new TemporaryFolder();
        await DotnetAsync("pack", RepositoryRoot.Combine("src", "PoseFunctions.LocalHost"), "--no-build", "-c", Configuration(), "-o", folder.Path);
        await DotnetAsync("tool", "install", "PoseFunctions.LocalHost", "--source", folder.Path, "--tool-path", folder.File("tools"));
        await using var host = SampleHost.On(
            azurite.ConnectionString,
            environment: new Dictionary<string, string> { ["DOTNET_ROOT"] = DotnetRoot },
            executable: Path.Combine(folder.File("tools"), Command));

        await host.StartAsync();
        var answer = await host.Http.GetAsync("/api/open", TestContext.Current.CancellationToken);
        await host.Process.TerminateAsync();

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(0, await host.Process.ExitAsync());
    }

    // What was built for the tests is packed: bin/CONFIGURATION/FRAMEWORK, as here.
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static async Task DotnetAsync(params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await dotnet.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await dotnet.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(dotnet.ExitCode == 0, output);
    }
}
