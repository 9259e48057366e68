using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Layouts;

/// <summary>Jobs of a generator that paints into parsing maps: their records tell by which layout model those were predicted.</summary>
public sealed class PredictedLayoutTests
{
    private static readonly (string, string[])[] Labels = [("background", ["background"]), ("person", ["hair"])];
    private static readonly ModelManifest LayoutManifest = ScriptedLayouts.ManifestOf(24, 32, Labels);

    private readonly SharedStorage shared = new();
    private readonly ShadingGenerator generator = new()
    {
        Manifest = new ShadingGenerator().Manifest with
        {
            Inputs = [ShadingGenerator.Tensor(TensorRoles.SourceImage), ShadingGenerator.Tensor(TensorRoles.TargetParsing)],
            Labels = LayoutManifest.Labels,
            LabelMapping = LayoutManifest.LabelMapping,
        },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_LayoutModel_IsNamedInTheRecordAndPartOfTheModelsHash()
    {
        var job = await RunAsync("a.raw", Layouts('1', 1));

        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(new JobLayout("layout", "4.5.6", new('1', 64)), job.Generator!.Layout);
        var (without, other) = (await RunAsync("b.raw", layout: null), await RunAsync("c.raw", Layouts('2', 1)));
        Assert.Equal((generator.ModelHash, null), (without.Generator!.ModelHash, without.Generator.Layout));
        Assert.Distinct([job.Generator.ModelHash, without.Generator.ModelHash, other.Generator!.ModelHash]);
    }

    [Fact]
    public async Task HandleAsync_AnotherPrediction_IsAnotherInput()
    {
        var (first, again, other) = (await RunAsync("a.raw", Layouts('1', 1)), await RunAsync("b.raw", Layouts('1', 1)), await RunAsync("c.raw", Layouts('1', 0)));

        Assert.Equal(InputHashes(first), InputHashes(again));
        Assert.Empty(InputHashes(first).Intersect(InputHashes(other)));
    }

    [Fact]
    public async Task HandleAsync_PinnedToTheModelsOfAJob_RunsWithTheseOnly()
    {
        var hash = (await RunAsync("a.raw", Layouts('1', 1))).Generator!.ModelHash;

        Assert.Equal(JobState.Succeeded, (await RunAsync("b.raw", Layouts('1', 1), PinnedTo(hash))).State);
        foreach (var (name, layout) in new[] { ("c.raw", Layouts('2', 1)), ("d.raw", null) })
        {
            var refused = await RunAsync(name, layout, PinnedTo(hash));
            Assert.Equal((JobState.Failed, FailureCodes.ModelChanged), (refused.State, refused.Failure?.Code));
        }
    }

    private static ScriptedLayouts Layouts(char hash, byte label) =>
        new(LayoutManifest, _ => [.. Enumerable.Repeat(label, 24 * 32)]) { ModelHash = new(hash, 64) };

    private static string[] InputHashes(JobRecord job) => [.. job.Targets.Select(target => target.Result!.InputHash!)];

    private static Dictionary<string, string> PinnedTo(string? hash) => new()
    {
        [PhotoMetadata.Request] = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{ "targets": [ { "pose": "front" } ], "modelHash": "{{hash}}" }""")),
    };

    private async Task<JobRecord> RunAsync(string name, ScriptedLayouts? layout, Dictionary<string, string>? metadata = null)
    {
        using var worker = new WorkerProcess(shared, generator: generator, layout: layout);
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", name, RawCodec.Picture(90, 120, 200), metadata);
        await worker.Uploads.HandleAsync("default", name, Cancel);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        return (await shared.Jobs.FindAsync(JobId.FromUpload(Tenant.Default, name, etag), Cancel))!.Record;
    }
}
