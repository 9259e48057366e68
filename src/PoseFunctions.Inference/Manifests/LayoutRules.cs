using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What the manifest of a layout model must say: two poses and a parsing map in, scores of the same labels out.</summary>
internal static class LayoutRules
{
    private static readonly string[] Inputs = [TensorRoles.SourceParsing, TensorRoles.SourcePose, TensorRoles.TargetPose];

    /// <summary>Every fault in words; none for a good manifest.</summary>
    public static IEnumerable<string> Faults(ModelManifest manifest) => ManifestRules.Roles("inputs", manifest.Inputs, Inputs)
        .Concat(ManifestRules.Known("inputs", manifest.Inputs, Inputs))
        .Concat(ManifestRules.Roles("outputs", manifest.Outputs, TensorRoles.Scores))
        .Concat(ManifestRules.Known("outputs", manifest.Outputs, TensorRoles.Scores))
        .Concat(manifest.Decoder?.Type == "argmax" ? [] : [$"decoder is '{manifest.Decoder?.Type}'; a layout model needs argmax"])
        .Concat(manifest.Fit == PhotoFit.Letterbox ? [] : ["fit must be letterbox: layouts are predicted in frames that generators see"])
        .Concat(manifest.Encoder is null ? [] : ["a layout model is one graph and has no encoder"])
        .Concat(MapRules.Faults(manifest, [.. manifest.Inputs, .. manifest.Outputs]));
}
