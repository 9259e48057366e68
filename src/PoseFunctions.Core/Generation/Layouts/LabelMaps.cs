using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>Parsing maps as a model takes them.</summary>
internal static class LabelMaps
{
    private const double CenterOfPixel = 0.5;

    /// <summary>Draws a person's body parts; what lies outside the picture that shows them is background.</summary>
    /// <param name="size">The native size of the model that takes the map.</param>
    /// <param name="person">The person, in pixels of the picture.</param>
    /// <param name="picture">Size of the picture, which the person's segmentation map covers.</param>
    /// <param name="labels">From the person's labels to the model's.</param>
    /// <param name="toPicture">From a place in the model's frame to the place in the picture, in pixels, that is drawn there.</param>
    public static LabelMap Draw(
        ImageSize size, ParsedPerson person, ImageSize picture, LabelTranslation labels, Func<double, double, (double X, double Y)> toPicture)
    {
        var (pose, map) = person;
        var drawn = new byte[size.Width * size.Height];
        for (var row = 0; row < size.Height; row++)
        {
            for (var column = 0; column < size.Width; column++)
            {
                var (x, y) = toPicture(column + CenterOfPixel, row + CenterOfPixel);
                if (x >= 0 && y >= 0 && x < picture.Width && y < picture.Height)
                {
                    var (cellX, cellY) = ((int)(x * map.Size.Width / picture.Width), (int)(y * map.Size.Height / picture.Height));
                    drawn[(row * size.Width) + column] = labels.At(map.Labels[(cellY * map.Size.Width) + cellX], pose, x, y);
                }
            }
        }

        return new(size, drawn);
    }
}
