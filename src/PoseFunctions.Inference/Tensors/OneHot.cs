using PoseFunctions.Core.People;

namespace PoseFunctions.Inference.Tensors;

/// <summary>Writes parsing maps as the networks take them: one plane a label, 1 where the pixel has it, else 0.</summary>
internal static class OneHot
{
    /// <exception cref="ArgumentException">The map does not fill the planes, or has a label without one.</exception>
    public static void Write(LabelMap map, Span<float> planes)
    {
        var plane = map.Labels.Length;
        if (plane == 0 || planes.Length % plane != 0 || map.Labels.Max() >= planes.Length / plane)
        {
            throw new ArgumentException($"A parsing map of {plane} pixels does not fit into {planes.Length} numbers.", nameof(map));
        }

        planes.Clear();
        for (var pixel = 0; pixel < plane; pixel++)
        {
            planes[(map.Labels[pixel] * plane) + pixel] = 1;
        }
    }
}
