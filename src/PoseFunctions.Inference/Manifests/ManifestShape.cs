using System.Text.Json;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Manifests;

/// <summary>Shapes of manifests: fixed sizes, and names for axes that vary.</summary>
public static class ManifestShape
{
    /// <summary>The axes of a tensor.</summary>
    public static IReadOnlyList<TensorAxis> Axes(this TensorSpecification tensor) =>
    [
        .. tensor.Shape.Select(size => size.ValueKind == JsonValueKind.String
            ? TensorAxis.Named(size.GetString()!)
            : TensorAxis.Of(size.GetInt64())),
    ];

    /// <summary>Elements of one item of a batch: the product of all axes but the first.</summary>
    public static int ItemElements(this TensorSpecification tensor) =>
        checked((int)tensor.Axes().Skip(1).Aggregate(1L, (product, axis) => checked(product * axis.Size)));

    /// <summary>The concrete shape for a batch of <paramref name="batch"/> items.</summary>
    public static long[] ForBatch(this TensorSpecification tensor, int batch) =>
        [batch, .. tensor.Axes().Skip(1).Select(axis => axis.Size)];

    /// <summary>The one tensor with a role.</summary>
    public static TensorSpecification WithRole(this IReadOnlyList<TensorSpecification> tensors, string role) =>
        tensors.Single(tensor => tensor.Role == role);

    /// <summary>
    /// The encoder of a generator as a model of its own, which sessions are loaded and checked by; null where it has none.
    /// </summary>
    public static ModelManifest? EncoderManifest(this ModelManifest manifest) => manifest.Encoder is not { } encoder ? null : manifest with
    {
        File = encoder.File,
        Sha256 = encoder.Sha256,
        Inputs = encoder.Inputs,
        Outputs = encoder.Outputs,
        Variants = null,
        Encoder = null,
    };

    /// <summary>The fixed batch size, or <see langword="null"/> where the batch axis varies.</summary>
    public static int? FixedBatch(this ModelManifest manifest) =>
        manifest.Inputs[0].Axes()[0] is { IsFixed: true } axis ? (int)axis.Size : null;
}
