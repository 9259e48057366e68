using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Lays a generated person over a picture, with the photo's own detail where it is known.</summary>
internal static class PersonPainter
{
    /// <summary>Outlines are predicted on a coarse grid; between these probabilities they are drawn soft.</summary>
    private const float Outside = 0.3f;
    private const float Inside = 0.7f;

    /// <summary>Paints the person.</summary>
    /// <param name="canvas">A picture of the whole photo at any size; overwritten.</param>
    /// <param name="photo">Size of the photo whose pixels the layer is placed in.</param>
    /// <param name="layer">The person.</param>
    /// <param name="opacity">One value a pixel of the canvas, raised where the person is; null where nobody asks.</param>
    public static void Paint(RgbImage canvas, ImageSize photo, PersonLayer layer, byte[]? opacity)
    {
        var (placement, size) = (layer.Placement, canvas.Size);
        var perPixel = (double)photo.Width / size.Width;
        var (first, last) = Span(placement.Window.Y, placement.Window.Height, perPixel, size.Height);
        var (left, right) = Span(placement.Window.X, placement.Window.Width, perPixel, size.Width);
        Span<byte> pixel = stackalloc byte[3];
        for (var row = first; row < last; row++)
        {
            var line = canvas.Row(row);
            for (var column = left; column < right; column++)
            {
                var (x, y) = placement.ToFrame((column + 0.5) * perPixel, (row + 0.5) * photo.Height / size.Height);
                var (across, down) = (x / placement.Frame.Width, y / placement.Frame.Height);
                var person = Softened(BilinearSampling.Read(
                    layer.Outline, layer.OutlineSize, across * layer.OutlineSize.Width, down * layer.OutlineSize.Height));
                if (person <= 0)
                {
                    continue;
                }

                person *= layer.Read(x, y, pixel);
                PixelBlending.Blend(line.Slice(3 * column, 3), pixel, person);
                if (opacity is not null)
                {
                    ref var opaque = ref opacity[(row * size.Width) + column];
                    opaque = Math.Max(opaque, (byte)((person * 255) + 0.5f));
                }
            }
        }
    }

    private static float Softened(float probability)
    {
        var share = Math.Clamp((probability - Outside) / (Inside - Outside), 0, 1);
        return share * share * (3 - (2 * share));
    }

    private static (int First, int Last) Span(double start, double length, double perPixel, int pixels) =>
        ((int)Math.Clamp(start / perPixel, 0, pixels), (int)Math.Clamp(Math.Ceiling((start + length) / perPixel), 0, pixels));
}
