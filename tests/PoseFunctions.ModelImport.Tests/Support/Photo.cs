using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A photo, looked at through turned squares.</summary>
internal sealed class Photo : IDisposable
{
    private readonly Image<Rgb24> image;

    public Photo(string path) => image = Image.Load<Rgb24>(path);

    /// <summary>The square that holds all of it.</summary>
    public TurnedSquare Whole => new(image.Width / 2f, image.Height / 2f, Math.Max(image.Width, image.Height), 0);

    /// <summary>What lies in a square, planar; black outside.</summary>
    /// <param name="square">In pixels of the photo.</param>
    /// <param name="size">Pixels a side of the result.</param>
    /// <param name="mean">Subtracted from 8-bit values.</param>
    /// <param name="std">What they are then divided by.</param>
    public float[] Look(TurnedSquare square, int size, float mean, float std)
    {
        var plane = size * size;
        var planar = new float[3 * plane];
        for (var place = 0; place < plane; place++)
        {
            var (x, y) = square.ToPhoto(((place % size) + 0.5f) / size, ((place / size) + 0.5f) / size);
            for (var channel = 0; channel < 3; channel++)
            {
                planar[(channel * plane) + place] = (Sample(x - 0.5f, y - 0.5f, channel) - mean) / std;
            }
        }

        return planar;
    }

    public void Dispose() => image.Dispose();

    private float Sample(float x, float y, int channel)
    {
        var (column, row) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (right, down) = (x - column, y - row);
        return ((1 - down) * (((1 - right) * Pixel(column, row, channel)) + (right * Pixel(column + 1, row, channel))))
            + (down * (((1 - right) * Pixel(column, row + 1, channel)) + (right * Pixel(column + 1, row + 1, channel))));
    }

    private byte Pixel(int x, int y, int channel)
    {
        if (x < 0 || y < 0 || x >= image.Width || y >= image.Height)
        {
            return 0;
        }

        var pixel = image[x, y];
        return channel switch { 0 => pixel.R, 1 => pixel.G, _ => pixel.B };
    }
}
