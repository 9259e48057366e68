using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>Paints a window of a photo into a frame.</summary>
internal static class WindowPainter
{
    /// <summary>What stands where the window reaches beyond the photo.</summary>
    private const byte Beyond = 127;

    /// <summary>The window at the frame's size.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Paint(IImageCodec codec, Surroundings surroundings, FramePlacement placement)
    {
        using var picture = codec.DecodeOwn(surroundings.Picture);
        return Paint(codec, picture, surroundings.Area, placement);
    }

    /// <summary>As the other, of a picture that is already decoded and shows <paramref name="area"/> of the photo at any size.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Paint(IImageCodec codec, RgbImage picture, PixelRectangle area, FramePlacement placement)
    {
        // One pixel of the copy is about one of the frame: the codec has the better filter, and between pixels nothing is lost.
        var perPixel = placement.Window.Width / placement.Frame.Width;
        var size = new ImageSize(Math.Max(1, (int)Math.Round(area.Width / perPixel)), Math.Max(1, (int)Math.Round(area.Height / perPixel)));
        using var copy = codec.Resize(picture, size);
        var frame = RgbImage.Rent(placement.Frame);
        for (var row = 0; row < frame.Size.Height; row++)
        {
            var line = frame.Row(row);
            for (var column = 0; column < frame.Size.Width; column++)
            {
                var (x, y) = placement.ToPhoto(column + 0.5, row + 0.5);
                var (copyX, copyY) = ((x - area.X) * size.Width / area.Width, (y - area.Y) * size.Height / area.Height);
                var pixel = line.Slice(3 * column, 3);
                if (copyX >= 0 && copyY >= 0 && copyX < size.Width && copyY < size.Height)
                {
                    BilinearSampling.Read(copy, copyX, copyY, pixel);
                }
                else
                {
                    pixel.Fill(Beyond);
                }
            }
        }

        return frame;
    }
}
