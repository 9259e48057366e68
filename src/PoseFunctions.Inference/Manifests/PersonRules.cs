using System.Globalization;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.People;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What the manifests of models must say that find people, and the landmarks of one person.</summary>
internal static class PersonRules
{
    private const int ValuesOfABox = 8;
    private const int ValuesPerLandmark = 5;

    /// <summary>Every fault of a model that finds people, in words; none for a good manifest.</summary>
    public static IEnumerable<string> OfPersons(ModelManifest manifest)
    {
        var faults = ManifestRules.Roles("inputs", manifest.Inputs, TensorRoles.Image)
            .Concat(ManifestRules.Roles("outputs", manifest.Outputs, TensorRoles.Boxes, TensorRoles.BoxScores))
            .Concat(ManifestRules.Image(manifest, manifest.Inputs, TensorRoles.Image))
            .Concat(manifest.Width == manifest.Height ? [] : ["a model that finds people must be square"])
            .Concat(manifest.Fit == PhotoFit.Letterbox ? [] : ["fit must be letterbox for a model that finds people"])
            .Concat(Decoder(manifest, "anchors"))
            .Concat(manifest.Decoder is { Strides.Count: > 0, AnchorsPerCell: > 0 } decoder && decoder.Strides.All(stride => stride > 0)
                ? []
                : ["decoder needs strides and anchorsPerCell, all at least 1"]).ToList();
        return faults.Count > 0 ? faults : Boxes(manifest);
    }

    /// <summary>Every fault of a landmark model, in words; none for a good manifest.</summary>
    public static IEnumerable<string> OfLandmarks(ModelManifest manifest) => ManifestRules.Roles("inputs", manifest.Inputs, TensorRoles.Image)
        .Concat(ManifestRules.Roles("outputs", manifest.Outputs, TensorRoles.Landmarks, TensorRoles.PersonMask))
        .Concat(ManifestRules.Image(manifest, manifest.Inputs, TensorRoles.Image))
        .Concat(Square(manifest))
        .Concat(Decoder(manifest, "landmarks"))
        .Concat(ManifestRules.Joints(manifest, ours: false))
        .Concat(Elements(manifest, TensorRoles.Landmarks, ValuesPerLandmark * (manifest.Keypoints?.Order.Count ?? 0)))
        .Concat(Elements(manifest, TensorRoles.PersonMask, manifest.Width * manifest.Height));

    /// <summary>What is wrong with a model that looks at a person's square.</summary>
    public static IEnumerable<string> Square(ModelManifest manifest) => (manifest.Width == manifest.Height ? Array.Empty<string>() : ["native size must be square"])
        .Concat(manifest.Fit == PhotoFit.UprightSquare ? [] : ["fit must be uprightSquare for a model that looks at one person"]);

    private static IEnumerable<string> Decoder(ModelManifest manifest, string type) => manifest.Decoder is { MinimumConfidence: > 0 and < 1 } decoder && decoder.Type == type
        ? []
        : [$"decoder must be {type} with a minimumConfidence between 0 and 1"];

    private static IEnumerable<string> Boxes(ModelManifest manifest)
    {
        var anchors = AnchorGrid.Of(manifest.Width, manifest.Decoder!).Length;
        var axes = manifest.Outputs.WithRole(TensorRoles.Boxes).Axes();
        return (axes[1].Size == anchors && axes[2].Size >= ValuesOfABox
                ? Array.Empty<string>()
                : [$"boxes have shape [{string.Join(", ", axes)}]; expected {anchors} anchors of at least {ValuesOfABox} values"])
            .Concat(Elements(manifest, TensorRoles.BoxScores, anchors));
    }

    private static IEnumerable<string> Elements(ModelManifest manifest, string role, int expected) =>
        from tensor in manifest.Outputs
        where tensor.Role == role && tensor.ItemElements() != expected
        select $"'{tensor.Name}' has {tensor.ItemElements().ToString(CultureInfo.InvariantCulture)} values; {expected} are expected";
}
