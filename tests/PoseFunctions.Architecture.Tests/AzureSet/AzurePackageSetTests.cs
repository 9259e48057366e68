using Xunit;

namespace PoseFunctions.Architecture.Tests.AzureSet;

/// <summary>
/// The Azure package set cannot be restored everywhere. What can be told without its packages is told here: what a restore
/// would ask for, to the version, and that nothing of the stand-in is left in it.
/// </summary>
public sealed class AzurePackageSetTests
{
    private const string Azure = "Azure";
    private const string Portable = "Portable";

    private static readonly string[] OfTheStandIn =
        ["PoseFunctions.LocalWorker", "PoseFunctions.LocalTriggers", "PoseFunctions.LocalHost", "System.IO.Hashing"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PoseFunctions.Api")]
    [InlineData("PoseFunctions.Worker")]
    public async Task Restore_OfAnApp_AsksForExactlyTheListedPackages(string name)
    {
        var app = await EvaluatedApp.ReadAsync(name, Azure, Cancel);

        var listed = PackageList.Read();
        Assert.All(app.Asked, project => Assert.Equal(listed[project.Key], project.Value));
        Assert.Equal(Reachable(listed, name), app.Asked.Keys.ToHashSet());
        Assert.DoesNotContain(app.Asked.Keys, OfTheStandIn.Contains);
    }

    [Theory]
    [InlineData("PoseFunctions.Api")]
    [InlineData("PoseFunctions.Worker")]
    public async Task Evaluation_OfAnApp_IsAFunctionApp(string name)
    {
        var app = await EvaluatedApp.ReadAsync(name, Azure, Cancel);

        Assert.Equal("net10.0", app.Property("TargetFramework"));
        Assert.Equal("Exe", app.Property("OutputType"));
        Assert.Equal("v4", app.Property("AzureFunctionsVersion"));
        Assert.NotEqual("true", app.Property("RestorePackagesWithLockFile"));
        Assert.False(File.Exists(app.Property("NuGetLockFilePath")), "It would restore by the lock file of the portable set.");
        Assert.Contains("Microsoft.AspNetCore.App", app.Includes("FrameworkReference"));
        Assert.Contains("host.json", app.Metadata("None", "Link"));
    }

    [Theory]
    [InlineData("PoseFunctions.Inference", Portable, true)]
    [InlineData("PoseFunctions.Inference", Azure, false)]
    [InlineData("PoseFunctions.Imaging", Portable, true)]
    [InlineData("PoseFunctions.Imaging", Azure, true)]
    public async Task Natives_FromNpm_AreInTheAzureSetOnlyForImages(string project, string packages, bool expected)
    {
        var evaluated = await EvaluatedApp.ReadAsync(project, packages, Cancel);

        // The GPU package brings its own ONNX Runtime; libvips comes from npm in both sets.
        Assert.Equal(expected, evaluated.Includes("NativeLibrary").Length > 0);
    }

    [Fact]
    public async Task Restore_OfThePortableSet_AsksForNothingOfAzureFunctions()
    {
        var app = await EvaluatedApp.ReadAsync("PoseFunctions.Worker", Portable, Cancel);

        string[] onlyThere = ["Microsoft.Azure.Functions", "Microsoft.ML.OnnxRuntime", "SixLabors"];
        Assert.DoesNotContain(
            app.Asked.Values.SelectMany(lines => lines), line => onlyThere.Any(id => line.StartsWith(id, StringComparison.Ordinal)));
        Assert.Contains("-> PoseFunctions.LocalWorker", app.Asked["PoseFunctions.Worker"]);
        Assert.Equal("true", app.Property("RestorePackagesWithLockFile"));
    }

    private static HashSet<string> Reachable(IReadOnlyDictionary<string, string[]> listed, string project) =>
    [
        project,
        .. listed[project]
            .Where(line => line.StartsWith("-> ", StringComparison.Ordinal))
            .SelectMany(line => Reachable(listed, line[3..])),
    ];
}
