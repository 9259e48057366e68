using System.Diagnostics;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>Every shipped model gives here what it gave where it was exported.</summary>
public sealed class GoldenReplayTests(ITestOutputHelper log)
{
    private const string ScamAsset = "scam of the tests";

    public static IEnumerable<TheoryDataRow<string>> Models => Directory
        .EnumerateFiles(RepositoryRoot.Combine("models"), ManifestReader.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
        .Select(path => new TheoryDataRow<string>(Path.GetFileName(Path.GetDirectoryName(path)!)))
        .Append(new(ScamAsset));

    [Theory]
    [MemberData(nameof(Models))]
    public void Replay_RecordedInputs_GivesRecordedOutputs(string name)
    {
        var folder = name == ScamAsset ? TestGraphs.Scam : RepositoryRoot.Combine("models", name);
        var manifest = ManifestReader.Read(folder);
        Assert.SkipWhen(manifest.Golden is null, $"{name} has no golden pair.");
        Replay(manifest, folder);
        if (manifest.EncoderManifest() is { } encoder)
        {
            Replay(encoder, folder);
        }
    }

    private void Replay(ModelManifest manifest, string folder)
    {
        using var model = ModelSession.Load(manifest, folder, TestGraphs.Factory(threads: 2));
        var recorded = RecordedTensor.ReadAll(manifest.Golden!, folder);
        var outputs = manifest.Outputs.Select(tensor =>
            new TensorBinding(tensor.Name, recorded[tensor.Name].Shape, new float[recorded[tensor.Name].Values.Length])).ToArray();

        var started = Stopwatch.GetTimestamp();
        model.Session.Run(
            [.. manifest.Inputs.Select(tensor => new TensorBinding(tensor.Name, recorded[tensor.Name].Shape, recorded[tensor.Name].Values))],
            outputs,
            TestContext.Current.CancellationToken);

        foreach (var output in outputs)
        {
            var error = output.Data.ToArray().Zip(recorded[output.Name].Values, (found, wanted) => Math.Abs(found - wanted)).Max();
            log.WriteLine($"{manifest.Name}/{manifest.File}/{output.Name}: max error {error:0.0e+0}, tolerance {manifest.Golden!.Tolerance:0.0e+0}, {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
            Assert.True(error <= manifest.Golden!.Tolerance, $"{output.Name} differs by {error}");
        }
    }
}
