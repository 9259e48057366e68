using System.Text.Json;
using System.Xml.Linq;
using PoseFunctions.Architecture.Tests.Repository;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Every version is written down once, and what a restore brings is locked.</summary>
public sealed class PackageTests
{
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    public static TheoryData<ProjectFile> Projects => [.. ProjectFile.Under("src"), .. ProjectFile.Under("tests")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_OfEveryProject_HaveCentralVersions(ProjectFile project)
    {
        Assert.DoesNotContain(
            project.Xml.Descendants("PackageReference"),
            reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null);
        Assert.Empty(project.Packages.Except(Central()));
    }

    [Fact]
    public void CentralVersions_AreEachOfAPackageThatIsRestored()
    {
        var locked = ProjectFile.Under("src").Concat(ProjectFile.Under("tests"))
            .SelectMany(project => Directory.EnumerateFiles(project.Folder, "packages*.lock.json"))
            .Select(File.ReadAllText).ToList();

        Assert.All(Central(), package => Assert.Contains(locked, text => text.Contains($"\"{package}\": {{", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folder_OfEveryProject_HasALockFile(ProjectFile project) =>
        Assert.True(File.Exists(Path.Combine(project.Folder, "packages.lock.json")), $"Run dotnet restore and commit the lock file of {project}.");

    /// <summary>Nothing here restores for GPUs, so nothing else would notice.</summary>
    [Fact]
    public void LockFilesForGpus_DifferFromTheOthersByOnnxRuntimeAlone()
    {
        var files = Directory.GetFiles(RepositoryRoot.Combine("src"), "packages.cuda.lock.json", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(
            Locked(Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json")), Locked(file)));
    }

    [Fact]
    public void NodePackages_AreLocked() => Assert.True(File.Exists(RepositoryRoot.Combine("eng", "package-lock.json")));

    [Fact]
    public void Solution_HasEveryProject()
    {
        var solution = File.ReadAllText(RepositoryRoot.Combine("PoseFunctions.sln"));
        var missing = ProjectFile.Under("src").Concat(ProjectFile.Under("tests"))
            .Where(project => !solution.Contains($"{project.Name}.csproj", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Central() => XElement.Load(RepositoryRoot.Combine("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .Select(version => version.Attribute("Include")!.Value);

    /// <summary>What a lock file pins and for whom, one line each, without ONNX Runtime.</summary>
    private static IEnumerable<string> Locked(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [..
            from framework in json.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where !package.Name.StartsWith(OnnxRuntime, StringComparison.OrdinalIgnoreCase)
            let requested = package.Value.TryGetProperty("requested", out var range) ? range.GetString() : null
            let resolved = package.Value.TryGetProperty("resolved", out var version) ? version.GetString() : null
            select $"{framework.Name} {package.Name} {requested} {resolved}"];
    }
}
