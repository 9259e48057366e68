using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging;

/// <summary>Brings images to an exact size and into managed memory.</summary>
internal static class Resampler
{
    /// <summary>Channels of an RGB image.</summary>
    public const int Channels = 3;

    /// <summary>Resamples with an antialiasing Lanczos filter to exactly <paramref name="size"/>.</summary>
    public static VipsImage Resize(VipsImage image, ImageSize size)
    {
        using var resize = new VipsOperation("resize")
            .With("in", image)
            .With("scale", (double)size.Width / image.Width)
            .With("vscale", (double)size.Height / image.Height);
        return resize.RunForImage();
    }

    /// <summary>Evaluates a three-channel 8-bit image.</summary>
    public static RgbImage Render(VipsImage image)
    {
        var rendered = RgbImage.Rent(new(image.Width, image.Height));
        try
        {
            using var pinned = new PinnedMemory(rendered.Memory);
            image.WriteTo(pinned);
            return rendered;
        }
        catch
        {
            rendered.Dispose();
            throw;
        }
    }
}
