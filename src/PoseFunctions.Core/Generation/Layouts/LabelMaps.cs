using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>Parsing maps as a model takes them.</summary>
internal static class LabelMaps
{
    private const double CenterOfPixel = 0.5;

    /// <summary>Draws a map pixel by pixel.</summary>
    /// <param name="size">The native size of the model that takes the map.</param>
    /// <param name="labelAt">The model's label at the middle of a pixel, given as column and row.</param>
    public static LabelMap Draw(ImageSize size, Func<double, double, byte> labelAt)
    {
        var drawn = new byte[size.Width * size.Height];
        for (var row = 0; row < size.Height; row++)
        {
            for (var column = 0; column < size.Width; column++)
            {
                drawn[(row * size.Width) + column] = labelAt(column + CenterOfPixel, row + CenterOfPixel);
            }
        }

        return new(size, drawn);
    }
}
