using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Inference.Manifests;

/// <summary>What a manifest must say before its graph is even looked at.</summary>
internal static partial class ManifestRules
{
    /// <summary>Every fault in words; none for a good manifest.</summary>
    public static IEnumerable<string> Faults(ModelManifest manifest)
    {
        var faults = General(manifest).ToList();

        // The rest reads shapes, so those must be sound first.
        return faults.Count > 0
            ? faults
            : manifest.Kind switch
            {
                ModelKind.Generator => GeneratorRules.Faults(manifest),
                ModelKind.Persons => PersonRules.OfPersons(manifest),
                ModelKind.Landmarks => PersonRules.OfLandmarks(manifest),
                ModelKind.Layout => LayoutRules.Faults(manifest),
                _ => Parsing(manifest),
            };
    }

    /// <summary>Whether a name cannot lead out of the model's folder.</summary>
    internal static bool IsPlain(string file) => file == Path.GetFileName(file) && file is not ("" or "." or "..");

    private static IEnumerable<string> General(ModelManifest manifest)
    {
        if (!LowerCaseName().IsMatch(manifest.Name))
        {
            yield return $"name '{manifest.Name}' has other characters than a-z, 0-9 and '-'";
        }

        foreach (var file in new[] { manifest.File, manifest.Encoder?.File }.OfType<string>().Where(file => !IsPlain(file)))
        {
            yield return $"file '{file}' must be a plain name beside the manifest";
        }

        foreach (var fault in VariantRules.Faults(manifest.Variants ?? []))
        {
            yield return fault;
        }

        if (manifest.Height is < 1 or > 8192 || manifest.Width is < 1 or > 8192)
        {
            yield return $"native size {manifest.Width}x{manifest.Height} is not between 1 and 8192 a side";
        }

        var tensors = manifest.Inputs.Concat(manifest.Outputs).Concat(manifest.Encoder?.Inputs ?? []).Concat(manifest.Encoder?.Outputs ?? []);
        foreach (var fault in tensors.SelectMany(Tensor))
        {
            yield return fault;
        }

        if (manifest.Inputs.Count == 0 || manifest.Outputs.Count == 0)
        {
            yield return "there must be at least one input and one output";
        }
    }

    private static IEnumerable<string> Tensor(TensorSpecification tensor)
    {
        if (tensor.Type != "float32")
        {
            yield return $"tensor '{tensor.Name}' has type {tensor.Type}; this service runs float32";
        }

        var axes = AxesOf(tensor.Role);
        var sound = tensor.Shape.Count == axes && tensor.Shape.All(size =>
            size.ValueKind == JsonValueKind.String || (size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var n) && n > 0));
        if (!sound)
        {
            yield return $"tensor '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}]; {axes} axes are expected, sizes at least 1 or names";
        }
        else if (tensor.Shape.Skip(1).Any(size => size.ValueKind == JsonValueKind.String))
        {
            yield return $"tensor '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}]; only the first axis, the batch, may vary";
        }

        if (tensor.Layout is not (null or "NCHW"))
        {
            yield return $"tensor '{tensor.Name}' has layout {tensor.Layout}; this service runs NCHW";
        }
    }

    private static int AxesOf(string role) => role switch
    {
        TensorRoles.Noise or TensorRoles.Landmarks or TensorRoles.Presence => 2,
        TensorRoles.Latents or TensorRoles.Boxes or TensorRoles.BoxScores => 3,
        _ => 4,
    };

    private static IEnumerable<string> Parsing(ModelManifest manifest)
    {
        int? channels = (manifest.Decoder?.Type, manifest.Labels) switch
        {
            ("argmax", { } names) => names.Count,
            ("threshold", { } names) => names.Count - 1,
            _ => null,
        };
        IEnumerable<string> labels = manifest.Labels is ["background", ..] && manifest.Labels.Count <= 256
            ? []
            : ["labels must be given, at most 256, background first"];
        IEnumerable<string> decoder = channels is null
            ? [$"decoder is '{manifest.Decoder?.Type}'; a parsing model needs argmax or threshold, and labels"]
            : [];
        return Roles("inputs", manifest.Inputs, TensorRoles.Image)
            .Concat(Roles("outputs", manifest.Outputs, TensorRoles.Scores))
            .Concat(PersonRules.Square(manifest))
            .Concat(MapRules.Faults(manifest, manifest.Inputs))
            .Concat(labels)
            .Concat(Meanings(manifest))
            .Concat(decoder)
            .Concat(Image(manifest, manifest.Inputs, TensorRoles.Image))
            .Concat(Channels(manifest.Outputs, TensorRoles.Scores, channels));
    }

    private static IEnumerable<string> Meanings(ModelManifest manifest) =>
        from mapped in manifest.LabelMapping ?? new Dictionary<string, IReadOnlyList<string>>()
        where manifest.Labels?.Contains(mapped.Key) != true || mapped.Value.Count == 0 || mapped.Value.Except(BodyPart.Names).Any()
        select $"labelMapping says that '{mapped.Key}' is {string.Join(" or ", mapped.Value)}; it maps labels to one or more of {string.Join(", ", BodyPart.Names)}";

    internal static IEnumerable<string> Roles(string where, IReadOnlyList<TensorSpecification> tensors, params string[] roles) =>
        from role in roles
        let count = tensors.Count(tensor => tensor.Role == role)
        where count != 1
        select $"{where} have {count.ToString(CultureInfo.InvariantCulture)} tensors with role {role}; exactly one is expected";

    internal static IEnumerable<string> Known(string where, IReadOnlyList<TensorSpecification> tensors, params string[] roles) =>
        tensors.Where(tensor => !roles.Contains(tensor.Role))
            .Select(tensor => $"{where} have a tensor with role {tensor.Role}; known are {string.Join(", ", roles)}")
            .Concat(tensors.GroupBy(tensor => tensor.Role).Where(group => group.Count() > 1).Select(group => $"{where} have role {group.Key} twice"));

    internal static IEnumerable<string> Image(ModelManifest manifest, IReadOnlyList<TensorSpecification> tensors, string role)
    {
        foreach (var tensor in tensors.Where(tensor => tensor.Role == role))
        {
            var axes = tensor.Axes();
            if (axes[1].Size != 3 || axes[2].Size != manifest.Height || axes[3].Size != manifest.Width)
            {
                yield return $"image '{tensor.Name}' has shape [{string.Join(", ", axes)}]; expected 3 channels of {manifest.Height} rows and {manifest.Width} columns";
            }

            if (tensor.Mean is not { Count: 3 } || tensor.Std is not { Count: 3 } || tensor.Std.Contains(0f))
            {
                yield return $"image '{tensor.Name}' needs three values of mean and three of std, none of those zero";
            }
        }
    }

    internal static IEnumerable<string> Joints(ModelManifest manifest, bool ours)
    {
        if (manifest.Keypoints is not { Order.Count: > 0 })
        {
            return ["keypoints.order must name the joints in channel order"];
        }

        return manifest.Keypoints.Order
            .Where(name => ours && !Skeleton.JointsByName.ContainsKey(name))
            .Select(name => $"joint '{name}' is none of ours ({string.Join(", ", Skeleton.JointNames)})")
            .Concat(manifest.Keypoints.Order.Distinct().Count() == manifest.Keypoints.Order.Count ? [] : ["keypoints.order names a joint twice"]);
    }

    internal static IEnumerable<string> Channels(IReadOnlyList<TensorSpecification> tensors, string role, int? expected) =>
        tensors.Where(tensor => tensor.Role == role && expected is not null && tensor.Axes()[1].Size != expected)
            .Select(tensor => $"tensor '{tensor.Name}' has {tensor.Axes()[1]} channels; {expected} are expected");

    [GeneratedRegex("^[a-z0-9-]+$")]
    internal static partial Regex LowerCaseName();
}
