using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Variants;

/// <summary>A generator of two graphs whose second one has a variant: the encoder, which has none, is exact on purpose.</summary>
public sealed class TwoGraphVariantTests : IDisposable
{
    private const string Variant = "rough";

    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    [Fact]
    public async Task Load_NamedPrecision_RunsTheVariantBesideTheExactEncoderWithoutAWord()
    {
        var folder = InstallScam();
        var (encoder, exact, rough) = (HashOf(folder, "encoder.onnx"), HashOf(folder, "model.onnx"), HashOf(folder, $"model.{Variant}.onnx"));

        var (asVariant, refusals) = await LoadAsync(Variant);
        var (asExact, _) = await LoadAsync(ModelVariant.Exact);

        Assert.Equal((Variant, HashOfBoth(encoder, rough)), (asVariant.Name, asVariant.ModelHash));
        Assert.Equal((ModelVariant.Exact, HashOfBoth(encoder, exact)), (asExact.Name, asExact.ModelHash));
        Assert.Equal(asExact.EncoderHash, asVariant.EncoderHash);

        // Of those that could have a variant and lack it, as ever.
        Assert.Equal(PeopleModels.Names.Select(name => $"{name} runs as fp32 instead of rough"), refusals);
    }

    [Fact]
    public async Task Load_VariantThatTheMachineCannotRun_IsReportedOnce()
    {
        InstallScam("amx_int8");

        var (generator, refusals) = await LoadAsync(Variant);

        Assert.Equal(ModelVariant.Exact, generator.Name);
        Assert.Single(refusals, refusal => refusal == "scam runs as fp32 instead of rough");
    }

    public void Dispose() => Directory.Delete(models, recursive: true);

    private static string HashOf(string folder, string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));

    private static string HashOfBoth(string encoder, string generator) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{encoder} {generator}")));

    /// <summary>The test's SCAM with a variant that computes the same, for only a comment in it is another.</summary>
    private string InstallScam(params string[] requires)
    {
        PeopleModels.Link(models);
        var folder = Directory.CreateDirectory(Path.Combine(models, "scam")).FullName;
        foreach (var file in Directory.GetFiles(TestGraphs.Scam))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        // Field 6 of a model is its comment; fields of a message may stand anywhere.
        byte[] comment = [(6 << 3) | 2, (byte)Variant.Length, .. Encoding.ASCII.GetBytes(Variant)];
        File.WriteAllBytes(Path.Combine(folder, $"model.{Variant}.onnx"), [.. File.ReadAllBytes(Path.Combine(folder, "model.onnx")), .. comment]);
        var path = Path.Combine(folder, ManifestReader.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest["variants"] = new JsonArray(new JsonObject
        {
            ["name"] = Variant,
            ["file"] = $"model.{Variant}.onnx",
            ["sha256"] = HashOf(folder, $"model.{Variant}.onnx"),
            ["requires"] = new JsonArray([.. requires.Select(word => JsonValue.Create(word))]),
            ["psnrAgainstFp32"] = 90.0,
        });
        File.WriteAllText(path, manifest.ToJsonString());
        return folder;
    }

    private async Task<((string Name, string ModelHash, string EncoderHash) Generator, IReadOnlyList<string> Refusals)> LoadAsync(string precision)
    {
        var options = new InferenceOptions { ModelsPath = models, Precision = precision, IntraOpThreads = 1 };
        var factory = TestGraphs.FactoryOf(options, new(), new(["avx2"]));
        await using var installed = new InstalledModels(
            new(Options.Create(options)), factory, Options.Create(options), Options.Create(new BatchingOptions()), TimeProvider.System);
        var generator = Assert.Single(installed.Generators);
        return ((generator.Variant, generator.ModelHash, generator.Encoder!.Hash), factory.Refusals);
    }
}
