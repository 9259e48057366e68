using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Variants;
using Xunit;

namespace PoseFunctions.Inference.Tests.Variants;

/// <summary>A model whose variant answers a little differently, so that one can see which of the two graphs ran.</summary>
public sealed class ModelVariantTests : IDisposable
{
    private readonly BlendModel model = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fp32", 0.5f)]
    [InlineData("rough", 0.4375f)]
    [InlineData("auto", 0.4375f)]
    public void Load_Precision_DecidesWhichGraphRuns(string precision, float expected)
    {
        AddVariant(TestGraphs.RoughBlend);

        using var session = model.Load(Factory(precision, out var factory));

        Assert.Equal(expected, HalfOfOne(session));
        Assert.Equal(precision == "fp32" ? ("fp32", model.Hash) : ("rough", HashOf(TestGraphs.RoughBlend)), (session.Variant, session.GraphSha256));
        Assert.Empty(factory.Refusals);
    }

    [Fact]
    public void Load_InstructionsMissing_RunsTheExactGraphAndReportsIt()
    {
        AddVariant(TestGraphs.RoughBlend, "amx_int8");

        using var session = model.Load(Factory("rough", out var factory));

        Assert.Equal((0.5f, "fp32", model.Hash), (HalfOfOne(session), session.Variant, session.GraphSha256));
        Assert.Equal(["blend runs as fp32 instead of rough"], factory.Refusals);
    }

    [Theory]
    [InlineData("rough")]
    [InlineData("auto")]
    public void Load_VariantWithOtherTensors_IsRefusedForTheExactGraph(string precision)
    {
        AddVariant(TestGraphs.AddOne);

        using var session = model.Load(Factory(precision, out var factory));

        Assert.Equal((0.5f, "fp32"), (HalfOfOne(session), session.Variant));
        Assert.Single(factory.Refusals);
    }

    [Fact]
    public void Load_VariantWithOtherContent_IsRefusedForTheExactGraph()
    {
        AddVariant(TestGraphs.RoughBlend);
        model.Change(manifest => manifest["variants"]![0]!["sha256"] = new string('0', 64));

        using var session = model.Load(Factory("rough", out var factory));

        Assert.Equal("fp32", session.Variant);
        Assert.Single(factory.Refusals);
    }

    [Fact]
    public void Load_GpuAskedForAndMissing_ChoosesAgainForTheCpu()
    {
        AddVariant(TestGraphs.AddOne, "cuda"); // would be refused, if it were opened
        AddVariant(TestGraphs.RoughBlend);
        var factory = TestGraphs.FactoryOf(new() { Provider = "cuda", Precision = "auto", IntraOpThreads = 1 }, new());

        using var session = model.Load(factory);

        Assert.Equal("rough", session.Variant);
    }

    [Theory]
    [InlineData("name", "\"fp32\"", "variant 'fp32' needs a name")]
    [InlineData("name", "\"auto\"", "variant 'auto' needs a name")]
    [InlineData("name", "\"Int8\"", "variant 'Int8' needs a name")]
    [InlineData("file", "\"../model.onnx\"", "must be a plain name")]
    [InlineData("requires", "[\"avx512_vnni|avx9000\"]", "requires 'avx9000'")]
    [InlineData("psnrAgainstFp32", "0", "dB above 0")]
    public void Read_Nonsense_NamesIt(string field, string json, string expected)
    {
        AddVariant(TestGraphs.RoughBlend);
        model.Change(manifest => manifest["variants"]![0]![field] = JsonNode.Parse(json));

        Assert.Contains(expected, Assert.Throws<ManifestMismatchException>(model.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoVariantsOfOneName_AreRefused()
    {
        AddVariant(TestGraphs.RoughBlend);
        model.Change(manifest => manifest["variants"]!.AsArray().Add(manifest["variants"]![0]!.DeepClone()));

        Assert.Contains("two variants are named 'rough'", Assert.Throws<ManifestMismatchException>(model.Read).Message, StringComparison.Ordinal);
    }

    public void Dispose() => model.Dispose();

    private static SessionFactory Factory(string precision, out SessionFactory factory) =>
        factory = TestGraphs.FactoryOf(new() { Precision = precision, IntraOpThreads = 1 }, new(), new ProcessorFeatures(["avx2"]));

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private void AddVariant(string graph, params string[] requires)
    {
        var number = model.Read().Variants?.Count ?? 0;
        var name = number == 0 && requires.Contains("cuda") ? "gpu" : "rough";
        var file = model.Add(graph, $"model.{name}.onnx");
        model.Change(manifest =>
        {
            manifest["variants"] ??= new JsonArray();
            manifest["variants"]!.AsArray().Add(new JsonObject
            {
                ["name"] = name,
                ["file"] = file,
                ["sha256"] = HashOf(graph),
                ["requires"] = new JsonArray([.. requires.Select(word => JsonValue.Create(word))]),
                ["psnrAgainstFp32"] = 45.0,
            });
        });
    }

    /// <summary>What the model makes of a white image and two equal poses.</summary>
    private static float HalfOfOne(ModelSession model)
    {
        TensorBinding[] inputs = [.. model.Manifest.Inputs.Select(tensor => new TensorBinding(
            tensor.Name, tensor.ForBatch(1), Enumerable.Repeat(1f, tensor.ItemElements()).ToArray()))];
        var output = new float[48];
        model.Session.Run(inputs, [new(model.Manifest.Outputs[0].Name, model.Manifest.Outputs[0].ForBatch(1), output)], Cancel);
        return output[0];
    }
}
