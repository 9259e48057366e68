using PoseFunctions.ModelImport.Onnx;

namespace PoseFunctions.ModelImport.Conversion;

/// <summary>How a window is laid over an image's edges (<c>Padding</c> of the schema).</summary>
internal static class Padding
{
    private const int Same = 0;

    /// <summary>
    /// The attribute <c>pads</c>: for <c>SAME</c> as much as makes the result as large as the image, divided by the step; an odd
    /// rest goes to the end, which is why ONNX's own word for it is not used.
    /// </summary>
    /// <param name="padding">0 for <c>SAME</c>, 1 for <c>VALID</c>.</param>
    /// <param name="image">Height and width of what goes in.</param>
    /// <param name="window">Height and width of the window, grown by its dilation.</param>
    /// <param name="step">Vertical and horizontal step.</param>
    public static AttributeProto Of(int padding, (int Height, int Width) image, (int Height, int Width) window, (int Height, int Width) step)
    {
        var (top, bottom) = padding == Same ? Around(image.Height, window.Height, step.Height) : (0, 0);
        var (left, right) = padding == Same ? Around(image.Width, window.Width, step.Width) : (0, 0);
        return OnnxAttribute.Numbers("pads", top, left, bottom, right);
    }

    private static (int Before, int After) Around(int size, int window, int step)
    {
        var results = (size + step - 1) / step;
        var missing = Math.Max(((results - 1) * step) + window - size, 0);
        return (missing / 2, missing - (missing / 2));
    }
}
