using System.Text.Json.Nodes;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Manifests;
using Xunit;

namespace PoseFunctions.Inference.Tests.Manifests;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly BlendModel model = new();

    [Fact]
    public void Load_FittingModel_IsAccepted()
    {
        using var session = model.Load();

        Assert.Equal("blend", session.Manifest.Name);
    }

    [Theory]
    [InlineData("name", "\"Blend!\"", "Blend!")]
    [InlineData("file", "\"../model.onnx\"", "../model.onnx")]
    [InlineData("height", "8", "expected 3 channels of 8 rows")]
    [InlineData("keypoints", "null", "keypoints.order")]
    [InlineData("outputs", "[]", "one input and one output")]
    public void Read_Nonsense_NamesIt(string field, string json, string expected)
    {
        model.Change(manifest => manifest[field] = JsonNode.Parse(json));

        Assert.Contains(expected, Assert.Throws<ManifestMismatchException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherSchemaVersion_IsRefused()
    {
        model.Change(manifest => manifest["schemaVersion"] = 2);

        Assert.Throws<InfrastructureException>(() => model.Load());
    }

    [Fact]
    public void Load_OtherGraphFile_NamesBothHashes()
    {
        model.Change(manifest => manifest["sha256"] = new string('0', 64));

        var failure = Assert.Throws<ManifestMismatchException>(() => model.Load());

        Assert.Contains(new string('0', 64), failure.Message, StringComparison.Ordinal);
        Assert.Contains(model.Hash, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorNotInGraph_NamesWhatIsThere()
    {
        model.Change(manifest => manifest["inputs"]![0]!["name"] = "photo");

        var failure = Assert.Throws<ManifestMismatchException>(() => model.Load());

        Assert.Contains("'photo'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("source_image", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GraphOfAnotherSize_NamesBothShapes()
    {
        model.Change(manifest =>
        {
            (manifest["height"], manifest["width"]) = (6, 5);
            foreach (var tensor in manifest["inputs"]!.AsArray().Concat(manifest["outputs"]!.AsArray()))
            {
                (tensor!["shape"]![2], tensor["shape"]![3]) = (6, 5);
            }
        });

        var failure = Assert.Throws<ManifestMismatchException>(() => model.Load());

        Assert.Contains("[batch, 3, 4, 4] in the graph, [batch, 3, 6, 5] in the manifest", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => model.Dispose();
}
