using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging;

/// <summary>Pixels between managed memory and libvips, without a copy.</summary>
internal static class Pixels
{
    private const int Channels = 3;

    /// <summary>The image as libvips sees it. It refers to the same memory, which stays pinned until the last image derived from it is disposed.</summary>
    public static Image Wrap(RgbImage image) => Image.NewFromMemory<byte>(
        image.Memory, image.Size.Width, image.Size.Height, Channels, Enums.BandFormat.Uchar);

    /// <summary>One value a pixel as libvips sees it, likewise without a copy.</summary>
    public static Image WrapPlane(byte[] plane, ImageSize size) => Image.NewFromMemory<byte>(
        plane, size.Width, size.Height, 1, Enums.BandFormat.Uchar);

    /// <summary>Evaluates a three-channel 8-bit image.</summary>
    /// <exception cref="VipsException">A step of the recipe failed, such as decoding damaged content.</exception>
    public static RgbImage Render(Image image)
    {
        var rendered = RgbImage.Rent(new(image.Width, image.Height));
        try
        {
            using var target = Wrap(rendered);
            image.Write(target);
            return rendered;
        }
        catch
        {
            rendered.Dispose();
            throw;
        }
    }

    /// <summary>Resamples with an antialiasing Lanczos filter to exactly <paramref name="size"/>.</summary>
    public static Image Resize(Image image, ImageSize size) =>
        image.Resize((double)size.Width / image.Width, vscale: (double)size.Height / image.Height);
}
