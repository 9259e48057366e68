using PoseFunctions.Architecture.Tests.Repository;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Which project may refer to which: Core knows nobody, and the local host, which runs any app, knows none of ours.</summary>
public sealed class DependencyTests
{
    private const string Core = "PoseFunctions.Core";
    private const string Imaging = "PoseFunctions.Imaging";
    private const string Inference = "PoseFunctions.Inference";
    private const string Storage = "PoseFunctions.Storage";
    private const string Telemetry = "PoseFunctions.Telemetry";
    private const string Worker = "PoseFunctions.Worker";
    private const string Api = "PoseFunctions.Api";
    private const string LocalHost = "PoseFunctions.LocalHost";
    private const string Lifeline = "PoseFunctions.LocalHost.Lifeline";
    private const string Pictures = "PoseFunctions.Pictures";
    private const string Cli = "PoseFunctions.Cli";
    private const string Simulation = "PoseFunctions.Simulation";
    private const string ModelImport = "PoseFunctions.ModelImport";

    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [Core] = [],
        [Imaging] = [Core],
        [Inference] = [Core],
        [Storage] = [Core],
        [Telemetry] = [Core],
        [Worker] = [Core, Imaging, Inference, Storage, Telemetry],
        [Api] = [Core, Storage, Telemetry],
        [LocalHost] = [Lifeline],
        [Lifeline] = [],
        [Pictures] = [Core],
        [Cli] = [Core, Pictures],
        [Simulation] = [],
        [ModelImport] = [Core],
    };

    public static TheoryData<ProjectFile> SourceProjects => [.. ProjectFile.Under("src")];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void ProjectReferences_OfEveryProject_FollowTheArrows(ProjectFile project)
    {
        Assert.True(Arrows.TryGetValue(project.Name, out var allowed), $"{project} is new: say here what it may refer to.");
        Assert.Empty(project.ProjectReferences.Except(allowed));
    }

    [Fact]
    public void Packages_OfAzureStorage_BelongToTheProjectsThatTalkToStorage()
    {
        var users = ProjectFile.Under("src")
            .Where(project => project.Packages.Any(id => id.StartsWith("Azure.Storage", StringComparison.Ordinal)))
            .Select(project => project.Name);

        Assert.Equal([LocalHost, Storage], users);
    }

    [Fact]
    public void Packages_OfOpenTelemetry_BelongToTheProjectThatExports()
    {
        var users = ProjectFile.Under("src")
            .Where(project => project.Packages.Any(id => id.StartsWith("OpenTelemetry", StringComparison.Ordinal)))
            .Select(project => project.Name);

        Assert.Equal([Telemetry], users);
    }

    [Theory]
    [InlineData(Core)]
    [InlineData(Imaging)]
    [InlineData(Inference)]
    [InlineData(Cli)]
    public void Sources_OfProjectsWithoutStorage_DoNotNameIt(string project)
    {
        var naming = ProjectFile.Under("src").Single(candidate => candidate.Name == project).Sources()
            .Where(source => source.Text.Contains("using Azure.", StringComparison.Ordinal));

        Assert.Empty(naming);
    }

    [Fact]
    public void Sources_OfTheLocalHost_KnowNothingAboutPoses()
    {
        string[] words = ["Keypoint", "PoseGenerator", "PoseFunctions.Core", "PoseFunctions.Worker", "Skeleton", "JobRecord", "\"uploads", "\"Photos"];
        var knowing =
            from source in ProjectFile.Under("src").Single(candidate => candidate.Name == LocalHost).Sources()
            from word in words
            where source.Text.Contains(word, StringComparison.Ordinal)
            select $"{source} says {word}";

        Assert.Empty(knowing);
    }

    [Fact]
    public void Sources_OutsideTheFunctionApps_DoNotNameTriggers()
    {
        string[] projects = [Core, Imaging, Inference, Storage, Telemetry, Cli];
        var naming =
            from project in ProjectFile.Under("src")
            where projects.Contains(project.Name)
            from source in project.Sources()
            where source.Text.Contains("Microsoft.Azure.Functions", StringComparison.Ordinal)
            select source;

        Assert.Empty(naming);
    }
}
