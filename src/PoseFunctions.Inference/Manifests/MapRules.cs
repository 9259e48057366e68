using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What the manifest of a model must say that is fed pose maps or parsing maps.</summary>
internal static class MapRules
{
    /// <summary>Every fault of sizes, joints and labels in words; none where no tensor is a map.</summary>
    public static IEnumerable<string> Faults(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors) => Sizes(manifest, tensors)
        .Concat(Has(tensors, TensorRoles.Pose, TensorRoles.SourcePose, TensorRoles.TargetPose) ? Poses(manifest, tensors) : [])
        .Concat(Has(tensors, TensorRoles.SourceParsing, TensorRoles.TargetParsing) ? Labels(manifest, tensors) : []);

    private static bool Has(IReadOnlyList<TensorSpecification> tensors, params string[] roles) => tensors.Any(tensor => roles.Contains(tensor.Role));

    private static IEnumerable<string> Sizes(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors) =>
        from tensor in tensors
        where tensor.Role is TensorRoles.Pose or TensorRoles.PersonMask or TensorRoles.SourcePose or TensorRoles.TargetPose or TensorRoles.SourceParsing or TensorRoles.TargetParsing or TensorRoles.Scores
        let axes = tensor.Axes()
        where axes[2].Size != manifest.Height || axes[3].Size != manifest.Width
        select $"'{tensor.Name}' has shape [{string.Join(", ", axes)}]; expected {manifest.Height} rows and {manifest.Width} columns";

    private static IEnumerable<string> Poses(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors) =>
        ManifestRules.Joints(manifest, ours: true)
            .Concat(ManifestRules.Channels(tensors, TensorRoles.Pose, manifest.Keypoints?.Order.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.SourcePose, manifest.Keypoints?.Order.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.TargetPose, manifest.Keypoints?.Order.Count))
            .Concat(manifest.Keypoints?.Sigma is > 0 ? [] : ["keypoints.sigma must be given and above 0 for a model that is fed pose maps"]);

    private static IEnumerable<string> Labels(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors)
    {
        if (manifest is not { Labels: ["background", ..] and { Count: <= 256 }, LabelMapping: { } mapping })
        {
            return ["a model that is fed parsing maps needs labels, at most 256, background first, and a labelMapping"];
        }

        var given = mapping.Values.SelectMany(parts => parts).Order(StringComparer.Ordinal).ToList();
        IEnumerable<string> names = mapping.Keys.Order(StringComparer.Ordinal).SequenceEqual(manifest.Labels.Order(StringComparer.Ordinal))
            ? []
            : ["labelMapping must have exactly the names of labels"];
        var needed = BodyPart.Names.Where(part => part != BodyPart.Accessory || given.Contains(part)).Order(StringComparer.Ordinal);
        IEnumerable<string> parts = given.SequenceEqual(needed)
            ? []
            : [$"labelMapping must give each of {string.Join(", ", BodyPart.Names)} to exactly one label; {BodyPart.Accessory} may be left out"];
        return names
            .Concat(parts)
            .Concat(ManifestRules.Channels(tensors, TensorRoles.SourceParsing, manifest.Labels.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.TargetParsing, manifest.Labels.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.Scores, manifest.Labels.Count));
    }
}
