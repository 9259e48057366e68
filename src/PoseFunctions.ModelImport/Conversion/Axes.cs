namespace PoseFunctions.ModelImport.Conversion;

/// <summary>
/// Where axes go: tensors of four axes are NHWC in TensorFlow Lite and NCHW in the converted graph, all others keep their order.
/// </summary>
internal static class Axes
{
    /// <summary>For every axis of NCHW the one of NHWC.</summary>
    public static IReadOnlyList<int> ToPlanar { get; } = [0, 3, 1, 2];

    /// <summary>For every axis of NHWC the one of NCHW.</summary>
    public static IReadOnlyList<int> ToInterleaved { get; } = [0, 2, 3, 1];

    public static bool IsImage(IReadOnlyList<int> shape) => shape.Count == 4;

    /// <summary>The sizes in the converted graph.</summary>
    public static IReadOnlyList<int> Planar(IReadOnlyList<int> shape) => IsImage(shape) ? [.. ToPlanar.Select(axis => shape[axis])] : shape;

    /// <summary>The place of an axis in the converted graph. Negative axes count from the end.</summary>
    public static int Planar(int axis, IReadOnlyList<int> shape)
    {
        var positive = axis < 0 ? axis + shape.Count : axis;
        return IsImage(shape) ? ToInterleaved[positive] : positive;
    }
}
