using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>Pictures made by arithmetic.</summary>
internal static class TestImages
{
    /// <summary>A picture of one shade.</summary>
    public static RgbImage Plain(int width, int height, byte shade)
    {
        var image = RgbImage.Rent(new(width, height));
        image.Pixels.Fill(shade);
        return image;
    }

    /// <summary>A picture whose every pixel says where it is: column in red, row in green, a chequer of single pixels in blue.</summary>
    public static RgbImage Chart(int width, int height)
    {
        var image = RgbImage.Rent(new(width, height));
        for (var y = 0; y < height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < width; x++)
            {
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)x, (byte)y, (x + y) % 2 == 0 ? (byte)0 : (byte)255);
            }
        }

        return image;
    }

    /// <summary>The colour of one pixel.</summary>
    public static (byte R, byte G, byte B) At(RgbImage image, int x, int y) =>
        (image.Row(y)[3 * x], image.Row(y)[(3 * x) + 1], image.Row(y)[(3 * x) + 2]);
}
