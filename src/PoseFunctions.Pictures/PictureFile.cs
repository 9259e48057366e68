using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace PoseFunctions.Pictures;

/// <summary>
/// Picture files by managed code alone, for pictures of our own making. What strangers send is decoded elsewhere: this decoder has
/// no AVIF and no colour profiles, and is not hardened against crafted files.
/// </summary>
public static class PictureFile
{
    private const long MostPixels = 200_000_000;

    private static readonly Configuration Formats = new(
        new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule());

    /// <summary>Decodes a JPEG, PNG or WebP file, upright and over white. Colour profiles are ignored, missing pixels are black.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxLongSide">The result is shrunk (never enlarged) so that its long side is at most this.</param>
    /// <returns>An image that the caller disposes.</returns>
    /// <exception cref="RejectedException">It is of another format, larger than 200 megapixels, or damaged; the code says which.</exception>
    public static RgbImage Decode(byte[] file, int maxLongSide)
    {
        try
        {
            RefuseFromTheHeader(file);
            using var image = Image.Load<Rgba32>(Formats, file);
            image.Mutate(picture => picture.AutoOrient());
            var stored = new ImageSize(image.Width, image.Height);
            var size = maxLongSide < stored.LongSide ? stored.WithLongSide(maxLongSide) : stored;
            image.Mutate(picture => picture.Resize(size.Width, size.Height).BackgroundColor(Color.White));
            using var opaque = image.CloneAs<Rgb24>();
            return Copy(opaque);
        }
        catch (ImageFormatException failure)
        {
            throw new RejectedException(FailureCodes.ImageUnreadable, "The picture is damaged or truncated.", failure);
        }
    }

    /// <summary>Encodes as PNG, without metadata.</summary>
    public static byte[] EncodePng(RgbImage picture)
    {
        using var image = Wrap(picture);
        using var file = new MemoryStream();
        image.SaveAsPng(file);
        return file.ToArray();
    }

    /// <summary>Resamples to exactly <paramref name="size"/> with an antialiasing filter.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Resize(RgbImage picture, ImageSize size)
    {
        using var image = Wrap(picture);
        using var resized = image.Clone(copy => copy.Resize(size.Width, size.Height, KnownResamplers.Lanczos3));
        return Copy(resized);
    }

    private static void RefuseFromTheHeader(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var header = Image.Identify(Formats, stream, out _)
            ?? throw new RejectedException(FailureCodes.ImageFormatUnsupported, "Expected a JPEG, PNG or WebP file.");
        if ((long)header.Width * header.Height > MostPixels)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyPixels, $"The picture is {header.Width}x{header.Height}; at most {MostPixels} pixels are shown.");
        }
    }

    private static Image<Rgb24> Wrap(RgbImage picture) =>
        Image.WrapMemory<Rgb24>(Formats, picture.Memory, picture.Size.Width, picture.Size.Height);

    private static RgbImage Copy(Image<Rgb24> image)
    {
        var copy = RgbImage.Rent(new(image.Width, image.Height));
        image.CopyPixelDataTo(copy.Pixels);
        return copy;
    }
}
