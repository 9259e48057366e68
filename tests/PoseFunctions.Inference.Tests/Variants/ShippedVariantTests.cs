using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Variants;

/// <summary>Every shipped variant is as much like its exact graph as its manifest says.</summary>
public sealed class ShippedVariantTests(ITestOutputHelper log)
{
    // Machines sum in other orders, and a value at the edge of a step of int8 may fall to either side.
    private const double Allowance = 1.0;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, string>> Variants => Directory
        .EnumerateFiles(RepositoryRoot.Combine("models"), ManifestReader.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
        .Select(path => Path.GetDirectoryName(path)!)
        .SelectMany(folder => (ManifestReader.Read(folder).Variants ?? []).Select(variant => new TheoryDataRow<string, string>(Path.GetFileName(folder), variant.Name)))
        .DefaultIfEmpty(new TheoryDataRow<string, string>("none", "none") { Skip = "No model in models/ has variants." });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Run_GoldenInputs_IsAsAlikeAsTheManifestSays(string name, string variant)
    {
        var folder = RepositoryRoot.Combine("models", name);
        var manifest = ManifestReader.Read(folder);
        Assert.SkipWhen(manifest.Golden is null, $"{name} has no golden pair.");
        using var exact = Load(manifest, folder, ModelVariant.Exact);
        using var other = Load(manifest, folder, variant);
        Assert.SkipUnless(other.Variant == variant, $"This machine cannot run {name}'s {variant}.");

        var psnr = Likeness.Psnr(manifest.Outputs, Outputs(exact, folder), Outputs(other, folder));

        var stated = manifest.Variants!.Single(candidate => candidate.Name == variant).PsnrAgainstFp32;
        log.WriteLine($"{name}/{variant}: {psnr:0.00} dB, {stated:0.00} dB stated");
        Assert.True(psnr >= stated - Allowance, $"{psnr:0.00} dB, {stated:0.00} dB stated");
    }

    private static ModelSession Load(ModelManifest manifest, string folder, string precision) =>
        ModelSession.Load(manifest, folder, TestGraphs.FactoryOf(new() { IntraOpThreads = 2, Precision = precision }, new()));

    private static Dictionary<string, float[]> Outputs(ModelSession model, string folder)
    {
        var recorded = RecordedTensor.ReadAll(model.Manifest.Golden!, folder);
        TensorBinding[] outputs = [.. model.Manifest.Outputs.Select(
            tensor => new TensorBinding(tensor.Name, recorded[tensor.Name].Shape, new float[recorded[tensor.Name].Values.Length]))];
        model.Session.Run(
            [.. model.Manifest.Inputs.Select(tensor => new TensorBinding(tensor.Name, recorded[tensor.Name].Shape, recorded[tensor.Name].Values))], outputs, Cancel);
        return outputs.ToDictionary(output => output.Name, output => output.Data.ToArray());
    }
}
