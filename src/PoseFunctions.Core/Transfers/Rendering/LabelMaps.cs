using PoseFunctions.Core.Images;
using PoseFunctions.Core.Parsing;

namespace PoseFunctions.Core.Transfers.Rendering;

/// <summary>Parsing maps of photos as a generator takes them.</summary>
internal static class LabelMaps
{
    private const double CenterOfPixel = 0.5;

    /// <summary>Draws what was parsed in a photo; what lies outside the photo is background.</summary>
    /// <param name="size">The generator's native size.</param>
    /// <param name="photo">The parsed photo.</param>
    /// <param name="labels">From the parser's labels to the generator's.</param>
    /// <param name="toPhoto">From a place in the generator's frame to the place in the photo, in pixels, that is drawn there.</param>
    public static LabelMap Draw(
        ImageSize size, ParsedPhoto photo, LabelTranslation labels, Func<double, double, (double X, double Y)> toPhoto)
    {
        var (pose, map) = photo.Person;
        var drawn = new byte[size.Width * size.Height];
        for (var row = 0; row < size.Height; row++)
        {
            for (var column = 0; column < size.Width; column++)
            {
                var (x, y) = toPhoto(column + CenterOfPixel, row + CenterOfPixel);
                if (x >= 0 && y >= 0 && x < photo.PhotoSize.Width && y < photo.PhotoSize.Height)
                {
                    var (cellX, cellY) = ((int)(x * map.Size.Width / photo.PhotoSize.Width), (int)(y * map.Size.Height / photo.PhotoSize.Height));
                    drawn[(row * size.Width) + column] = labels.At(map.Labels[(cellY * map.Size.Width) + cellX], pose, x, y);
                }
            }
        }

        return new(size, drawn);
    }
}
