using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>Which of the installed models a process loads, and which it warms up.</summary>
public sealed class InstalledModelsTests : IDisposable
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public InstalledModelsTests()
    {
        PeopleModels.Link(models);
        Link("scam", TestGraphs.Scam);
    }

    [Fact]
    public async Task Layout_NoneInstalled_IsNone()
    {
        await using var installed = Install();

        Assert.Null(installed.Layout);
    }

    [Fact]
    public async Task Layout_TheOnlyOne_IsLoadedAndWarmedUpWithTheOthers()
    {
        Copy("layout");
        await using var installed = Install();

        installed.WarmUp(WarmUpScope.All, string.Empty, Cancel);

        Assert.Equal("layout", installed.Layout?.Manifest.Name);
        Assert.Equal(installed.Layout!.Manifest.Sha256, installed.Layout.ModelHash);
    }

    [Fact]
    public async Task Layout_NoGeneratorPaintsIntoMaps_IsNotLoaded()
    {
        Copy("layout");
        File.Delete(Path.Combine(models, "scam"));
        Link("xinggan", RepositoryRoot.Combine("models", "xinggan"));
        await using var installed = Install();

        Assert.Null(installed.Layout);
    }

    [Fact]
    public async Task Layout_SeveralInstalled_TheSettingsChoose()
    {
        Copy("layout");
        Copy("layout-next");
        await using var installed = Install("layout-next");

        Assert.Equal("layout-next", installed.Layout?.Manifest.Name);
        Assert.Contains("installed: layout, layout-next", Assert.Throws<MissingDependencyException>(() => Install()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_NamedButNotInstalled_EndsTheStart()
    {
        var failure = Assert.Throws<MissingDependencyException>(() => Install("layout"));

        Assert.Contains("One layout model named 'layout' is needed; installed: none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_LabelsThatMeanNothingToTheGenerator_EndTheStart()
    {
        Copy("layout", manifest =>
        {
            manifest["labels"]![3] = "hat";
            manifest["labelMapping"] = JsonNode.Parse("""
                { "background": ["background"], "skin": ["face", "arms", "legs"], "clothes": ["upper_clothes", "lower_clothes", "shoes", "hair"], "hat": [] }
                """);
        });

        var failure = Assert.Throws<ManifestMismatchException>(() => Install());

        Assert.Contains("scam cannot be told what is labelled hat", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Within_Default_IsWhatAJobNeedsThatNamesNoGenerator()
    {
        Copy("layout");
        Link("xinggan", RepositoryRoot.Combine("models", "xinggan"));
        await using var installed = Install();
        string[] people = ["blazepose-detector", "blazepose-landmarks", "person-parsing"];

        Assert.Equal([.. people, "xinggan"], NamesWithin(WarmUpScope.Default, "xinggan"));
        Assert.Equal(["blazepose-detector", "blazepose-landmarks", "layout", "person-parsing", "scam"], NamesWithin(WarmUpScope.Default, "scam"));
        Assert.Equal(["blazepose-detector", "blazepose-landmarks", "layout", "person-parsing", "scam", "xinggan"], NamesWithin(WarmUpScope.All, "scam"));
        Assert.Empty(NamesWithin(WarmUpScope.None, "scam"));

        SortedSet<string> NamesWithin(WarmUpScope scope, string defaultGenerator) =>
            new(installed.Within(scope, defaultGenerator).Select(session => session.Manifest.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Load_OneOfManyIsNotWhatItsManifestSays_EndsTheStartWithThatReason()
    {
        Copy("layout", manifest => manifest["sha256"] = new string('0', 64));

        var failure = Assert.Throws<ManifestMismatchException>(() => Install());

        Assert.Contains("its SHA-256 is", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(models, recursive: true);

    private void Link(string name, string folder) => Directory.CreateSymbolicLink(Path.Combine(models, name), folder);

    private void Copy(string name, Action<JsonNode>? change = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(models, name)).FullName;
        File.Copy(Path.Combine(TestGraphs.Layout, "model.onnx"), Path.Combine(folder, "model.onnx"));
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(TestGraphs.Layout, ManifestReader.FileName)))!;
        manifest["name"] = name;
        change?.Invoke(manifest);
        File.WriteAllText(Path.Combine(folder, ManifestReader.FileName), manifest.ToJsonString());
    }

    private InstalledModels Install(string? layout = null)
    {
        var options = Options.Create(new InferenceOptions { ModelsPath = models, IntraOpThreads = 1, LayoutModel = layout });
        var batching = Options.Create(new BatchingOptions { MaxBatchSize = 2 });
        return new(new(options), TestGraphs.FactoryOf(options.Value, batching.Value), options, batching, TimeProvider.System);
    }
}
