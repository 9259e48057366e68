using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What the manifest of a generator must say: one graph, or an encoder and a second graph that takes its latents.</summary>
internal static class GeneratorRules
{
    private static readonly string[] EncoderInputs = [TensorRoles.SourceImage, TensorRoles.SourceParsing];

    private static readonly string[] FlowOutputs = [TensorRoles.Flow, TensorRoles.Visibility, TensorRoles.TargetParsing];

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
            .Concat(ManifestRules.Known("inputs", manifest.Inputs, Inputs))
            .Concat(all.Any(tensor => tensor.Role is TensorRoles.TargetPose or TensorRoles.TargetParsing)
                ? []
                : [$"inputs need a tensor with role {TensorRoles.TargetPose} or {TensorRoles.TargetParsing}"])
            .Concat(ManifestRules.Roles("outputs", manifest.Outputs, TensorRoles.GeneratedImage))
            .Concat(Flow(manifest))
            .Concat(ManifestRules.Image(manifest, all, TensorRoles.SourceImage))
            .Concat(ManifestRules.Image(manifest, manifest.Outputs, TensorRoles.GeneratedImage))
            .Concat(MapRules.Faults(manifest, all));
    }

    /// <summary>A generator tells all of where its surface comes from, on one grid, or nothing.</summary>
    private static IEnumerable<string> Flow(ModelManifest manifest)
    {
        var told = manifest.Outputs.Where(output => FlowOutputs.Contains(output.Role)).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        var faults = ManifestRules.Roles("outputs", manifest.Outputs, FlowOutputs).ToList();
        return faults.Count > 0
            ? faults
            : (told.Select(output => (output.Axes()[2].Size, output.Axes()[3].Size)).Distinct().Count() == 1
                    ? Array.Empty<string>()
                    : [$"{string.Join(", ", FlowOutputs)} must have the same height and width"])
                .Concat(ManifestRules.Channels(manifest.Outputs, TensorRoles.Flow, 2))
                .Concat(ManifestRules.Channels(manifest.Outputs, TensorRoles.Visibility, 1))
                .Concat(ManifestRules.Channels(manifest.Outputs, TensorRoles.TargetParsing, manifest.Labels?.Count ?? 0));
    }

    private static IEnumerable<string> OneGraph(ModelManifest manifest) => ManifestRules.Roles("inputs", manifest.Inputs, TensorRoles.SourceImage)
        .Concat(manifest.Inputs.Any(tensor => tensor.Role == TensorRoles.Latents) ? ["inputs take latents, but there is no encoder that makes them"] : []);

    private static List<string> TwoGraphs(ModelManifest manifest, EncoderSpecification encoder)
    {
        var faults = ManifestRules.Roles("encoder inputs", encoder.Inputs, TensorRoles.SourceImage)
            .Concat(ManifestRules.Known("encoder inputs", encoder.Inputs, EncoderInputs))
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
}
