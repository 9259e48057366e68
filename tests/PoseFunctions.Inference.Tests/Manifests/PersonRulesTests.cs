using System.Text.Json.Nodes;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tests.People;
using Xunit;

namespace PoseFunctions.Inference.Tests.Manifests;

/// <summary>What the manifests of models that look at people must say; every fault is named.</summary>
public sealed class PersonRulesTests
{
    public static TheoryData<string> Kinds => ["persons", "landmarks", "roles"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_FittingModel_IsAccepted(string kind)
    {
        using var model = Of(kind);
        using var session = model.Load();

        Assert.Equal(kind, session.Manifest.Name);
    }

    [Theory]
    [InlineData("width", "32", "a model that finds people must be square")]
    [InlineData("fit", "\"stretch\"", "fit must be letterbox for a model that finds people")]
    [InlineData("inputs[0].role", "\"pose\"", "inputs have 0 tensors with role image")]
    [InlineData("decoder", "null", "decoder must be anchors with a minimumConfidence")]
    [InlineData("decoder.type", "\"argmax\"", "decoder must be anchors with a minimumConfidence")]
    [InlineData("decoder.minimumConfidence", "1", "decoder must be anchors with a minimumConfidence between 0 and 1")]
    [InlineData("decoder.strides", "[0]", "decoder needs strides and anchorsPerCell, all at least 1")]
    [InlineData("decoder.strides", "null", "decoder needs strides and anchorsPerCell, all at least 1")]
    [InlineData("decoder.anchorsPerCell", "0", "decoder needs strides and anchorsPerCell, all at least 1")]
    [InlineData("decoder.anchorsPerCell", "2", "expected 8 anchors of at least 8 values")]
    [InlineData("outputs[0].shape[2]", "7", "expected 4 anchors of at least 8 values")]
    [InlineData("outputs[1].shape[1]", "5", "'box_scores' has 5 values; 4 are expected")]
    [InlineData("outputs[1].role", "\"boxes\"", "outputs have 2 tensors with role boxes")]
    public void Load_PersonsThatDoNotFit_NamesTheFault(string path, string json, string fault) => AssertRefused("persons", path, json, fault);

    [Theory]
    [InlineData("width", "16", "native size must be square")]
    [InlineData("fit", "\"letterbox\"", "fit must be uprightSquare for a model that looks at one person")]
    [InlineData("decoder.type", "\"anchors\"", "decoder must be landmarks with a minimumConfidence")]
    [InlineData("decoder.minimumConfidence", "0", "decoder must be landmarks with a minimumConfidence between 0 and 1")]
    [InlineData("keypoints", "null", "keypoints.order must name the joints in channel order")]
    [InlineData("keypoints.order[0]", "\"nose\"", "keypoints.order names a joint twice")]
    [InlineData("outputs[0].shape[1]", "14", "'landmarks' has 14 values; 15 are expected")]
    [InlineData("outputs[1].role", "\"features\"", "outputs have 0 tensors with role personMask")]
    [InlineData("outputs[1].shape[3]", "4", "'person_mask' has 32 values; 64 are expected")]
    public void Load_LandmarksThatDoNotFit_NamesTheFault(string path, string json, string fault) => AssertRefused("landmarks", path, json, fault);

    [Theory]
    [InlineData("fit", "\"letterbox\"", "fit must be uprightSquare for a model that looks at one person")]
    [InlineData("keypoints.sigma", "null", "keypoints.sigma must be given and above 0")]
    [InlineData("keypoints.order[0]", "\"tail\"", "joint 'tail' is none of ours")]
    [InlineData("inputs[1].shape[2]", "4", "'person_mask' has shape")]
    [InlineData("decoder.type", "\"landmarks\"", "a parsing model needs argmax or threshold, and labels")]
    public void Load_ParserThatDoesNotFit_NamesTheFault(string path, string json, string fault) => AssertRefused("roles", path, json, fault);

    private static void AssertRefused(string kind, string path, string json, string fault)
    {
        using var model = Of(kind).Change(manifest => ManifestPath.Set(manifest, path, JsonNode.Parse(json)));

        Assert.Contains(fault, Assert.Throws<ManifestMismatchException>(() => model.Load().Dispose()).Message, StringComparison.Ordinal);
    }

    private static HandMadeModel Of(string kind) => kind switch
    {
        "persons" => HandMadeModel.Persons(),
        "landmarks" => HandMadeModel.Landmarks(),
        _ => HandMadeModel.Roles(),
    };
}
