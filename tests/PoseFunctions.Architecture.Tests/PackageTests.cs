using System.Xml.Linq;
using PoseFunctions.Architecture.Tests.Repository;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Every version is written down once, and what a restore brings is locked.</summary>
public sealed class PackageTests
{
    public static TheoryData<ProjectFile> Projects => [.. ProjectFile.Under("src"), .. ProjectFile.Under("tests")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_OfEveryProject_HaveCentralVersions(ProjectFile project)
    {
        var central = XElement.Load(RepositoryRoot.Combine("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(version => version.Attribute("Include")!.Value);

        Assert.DoesNotContain(
            project.Xml.Descendants("PackageReference"),
            reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null);
        Assert.Empty(project.Packages.Except(central));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folder_OfEveryProject_HasALockFile(ProjectFile project) =>
        Assert.True(File.Exists(Path.Combine(project.Folder, "packages.lock.json")), $"Run dotnet restore and commit the lock file of {project}.");

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
}
