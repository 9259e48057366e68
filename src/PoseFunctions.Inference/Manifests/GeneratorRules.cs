using PoseFunctions.Core.Models;
using PoseFunctions.Core.Parsing;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What the manifest of a generator must say: one graph, or an encoder and a second graph that takes its latents.</summary>
internal static class GeneratorRules
{
    private static readonly string[] EncoderInputs = [TensorRoles.SourceImage, TensorRoles.SourceParsing];

    private static readonly string[] Inputs =
    [
        TensorRoles.SourceImage, TensorRoles.SourcePose, TensorRoles.TargetPose, TensorRoles.SourceParsing, TensorRoles.TargetParsing,
        TensorRoles.Latents, TensorRoles.Noise,
    ];

    /// <summary>Every fault in words; none for a good manifest.</summary>
    public static IEnumerable<string> Faults(ModelManifest manifest)
    {
        IReadOnlyList<TensorSpecification> all = [.. manifest.Encoder?.Inputs ?? [], .. manifest.Inputs];
        IEnumerable<string> graphs = manifest.Encoder is { } encoder ? TwoGraphs(manifest, encoder) : OneGraph(manifest);
        return graphs
            .Concat(Known("inputs", manifest.Inputs, Inputs))
            .Concat(all.Any(tensor => tensor.Role is TensorRoles.TargetPose or TensorRoles.TargetParsing)
                ? []
                : [$"inputs need a tensor with role {TensorRoles.TargetPose} or {TensorRoles.TargetParsing}"])
            .Concat(ManifestRules.Roles("outputs", manifest.Outputs, TensorRoles.GeneratedImage))
            .Concat(ManifestRules.Image(manifest, all, TensorRoles.SourceImage))
            .Concat(ManifestRules.Image(manifest, manifest.Outputs, TensorRoles.GeneratedImage))
            .Concat(Maps(manifest, all))
            .Concat(Has(all, TensorRoles.SourcePose, TensorRoles.TargetPose) ? Poses(manifest, all) : [])
            .Concat(Has(all, TensorRoles.SourceParsing, TensorRoles.TargetParsing) ? Labels(manifest, all) : []);
    }

    private static IEnumerable<string> OneGraph(ModelManifest manifest) => ManifestRules.Roles("inputs", manifest.Inputs, TensorRoles.SourceImage)
        .Concat(Has(manifest.Inputs, TensorRoles.Latents) ? ["inputs take latents, but there is no encoder that makes them"] : []);

    private static List<string> TwoGraphs(ModelManifest manifest, EncoderSpecification encoder)
    {
        var faults = ManifestRules.Roles("encoder inputs", encoder.Inputs, TensorRoles.SourceImage)
            .Concat(Known("encoder inputs", encoder.Inputs, EncoderInputs))
            .Concat(ManifestRules.Roles("encoder outputs", encoder.Outputs, TensorRoles.Latents))
            .Concat(ManifestRules.Roles("inputs", manifest.Inputs, TensorRoles.Latents))
            .ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        var (made, taken) = (encoder.Outputs.WithRole(TensorRoles.Latents).Axes(), manifest.Inputs.WithRole(TensorRoles.Latents).Axes());
        return (made[1].Size, made[2].Size) != (taken[1].Size, taken[2].Size)
            ? [$"the encoder makes latents of shape [{string.Join(", ", made)}], the generator takes [{string.Join(", ", taken)}]"]
            : encoder.BackgroundLatents < 0 || encoder.BackgroundLatents > made[1].Size
                ? [$"encoder.backgroundLatents is {encoder.BackgroundLatents} of {made[1].Size} latents"]
                : [];
    }

    private static bool Has(IReadOnlyList<TensorSpecification> tensors, params string[] roles) => tensors.Any(tensor => roles.Contains(tensor.Role));

    private static IEnumerable<string> Known(string where, IReadOnlyList<TensorSpecification> tensors, string[] roles) =>
        tensors.Where(tensor => !roles.Contains(tensor.Role))
            .Select(tensor => $"{where} have a tensor with role {tensor.Role}; known are {string.Join(", ", roles)}")
            .Concat(tensors.GroupBy(tensor => tensor.Role).Where(group => group.Count() > 1).Select(group => $"{where} have role {group.Key} twice"));

    private static IEnumerable<string> Maps(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors) =>
        from tensor in tensors
        where tensor.Role is TensorRoles.SourcePose or TensorRoles.TargetPose or TensorRoles.SourceParsing or TensorRoles.TargetParsing
        let axes = tensor.Axes()
        where axes[2].Size != manifest.Height || axes[3].Size != manifest.Width
        select $"'{tensor.Name}' has shape [{string.Join(", ", axes)}]; expected {manifest.Height} rows and {manifest.Width} columns";

    private static IEnumerable<string> Poses(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors) =>
        ManifestRules.Joints(manifest, ours: true)
            .Concat(ManifestRules.Channels(tensors, TensorRoles.SourcePose, manifest.Keypoints?.Order.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.TargetPose, manifest.Keypoints?.Order.Count))
            .Concat(manifest.Keypoints?.Sigma is > 0 ? [] : ["keypoints.sigma must be given and above 0 for a generator that is fed pose maps"]);

    private static IEnumerable<string> Labels(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors)
    {
        if (manifest is not { Labels: ["background", ..], LabelMapping: { } mapping })
        {
            return ["a generator that is fed parsing maps needs labels, background first, and a labelMapping"];
        }

        var given = mapping.Values.SelectMany(parts => parts).Order(StringComparer.Ordinal);
        IEnumerable<string> names = mapping.Keys.Order(StringComparer.Ordinal).SequenceEqual(manifest.Labels.Order(StringComparer.Ordinal))
            ? []
            : ["labelMapping must have exactly the names of labels"];
        IEnumerable<string> parts = given.SequenceEqual(BodyPart.Names.Order(StringComparer.Ordinal))
            ? []
            : [$"labelMapping must give each of {string.Join(", ", BodyPart.Names)} to exactly one label"];
        return names
            .Concat(parts)
            .Concat(ManifestRules.Channels(tensors, TensorRoles.SourceParsing, manifest.Labels.Count))
            .Concat(ManifestRules.Channels(tensors, TensorRoles.TargetParsing, manifest.Labels.Count));
    }
}
