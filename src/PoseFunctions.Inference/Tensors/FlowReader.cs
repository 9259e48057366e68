using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;

namespace PoseFunctions.Inference.Tensors;

/// <summary>Reads where the surface of a generated person comes from.</summary>
/// <param name="manifest">The generator's; its outputs are flow, visibility and target parsing, of one size.</param>
internal sealed class FlowReader(ModelManifest manifest)
{
    private readonly TensorSpecification flow = manifest.Outputs.WithRole(TensorRoles.Flow);
    private readonly TensorSpecification visibility = manifest.Outputs.WithRole(TensorRoles.Visibility);
    private readonly TensorSpecification parsing = manifest.Outputs.WithRole(TensorRoles.TargetParsing);

    /// <summary>The flow of one item.</summary>
    public SurfaceFlow Read(Func<TensorSpecification, Memory<float>> outputOf)
    {
        var axes = visibility.Axes();
        var size = new ImageSize((int)axes[3].Size, (int)axes[2].Size);
        var plane = size.Width * size.Height;
        var coordinates = outputOf(flow).Span;

        // The first label is the background; what it leaves is the person.
        var background = outputOf(parsing).Span[..plane];
        return new(
            size,
            Mapped(coordinates[..plane], static coordinate => (coordinate + 1) / 2),
            Mapped(coordinates[plane..], static coordinate => (coordinate + 1) / 2),
            outputOf(visibility).ToArray(),
            Mapped(background, static probability => 1 - probability));
    }

    private static float[] Mapped(ReadOnlySpan<float> values, Func<float, float> map)
    {
        var mapped = new float[values.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = map(values[i]);
        }

        return mapped;
    }
}
