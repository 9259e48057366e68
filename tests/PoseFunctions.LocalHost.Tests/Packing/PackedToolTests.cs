using System.Diagnostics;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Packing;

/// <summary>The host as the .NET tool that is packed of it.</summary>
public sealed class PackedToolTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Tool_InstalledFromItsPackage_RunsAnApp()
    {
        using var folder = new TemporaryFolder();
        using var app = new CopiedApp(azurite.ConnectionString);
        var project = RepositoryRoot.Combine("src", "PoseFunctions.LocalHost", "PoseFunctions.LocalHost.csproj");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await DotnetAsync("pack", project, "--no-build", "--configuration", configuration, "--output", folder.File("packages"));
        await DotnetAsync("tool", "install", "PoseFunctions.LocalHost", "--source", folder.File("packages"), "--tool-path", folder.File("tools"));

        await using var process = HostProcess.Start(
            new ProcessStartInfo(folder.File("tools/functions-local-host"), ["--app", app.Folder, "--port", "0"]));
        await process.ReadyAsync();

        await app.Journal.WaitForAsync("TimerTick");
        await process.TerminateAsync();
        Assert.Equal(0, await process.ExitAsync());
    }

    private static async Task DotnetAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
