using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Encoders;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>sRGB pixels to a file without metadata, except the provenance mark when one is asked for.</summary>
internal static class SharpEncoder
{
    // As libvips does: from here on colours keep their full resolution.
    private const int QualityOfFullColour = 90;

    /// <exception cref="RejectedException">ImageSharp cannot write the format.</exception>
    public static byte[] Encode(RgbImage image, EncodeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, 100, nameof(options));
        var encoder = EncoderOf(options);
        using var pixels = Image.LoadPixelData<Rgb24>(SharpLibrary.Configuration, image.Pixels, image.Size.Width, image.Size.Height);
        if (options.Provenance is { } provenance)
        {
            pixels.Metadata.XmpProfile = new XmpProfile(ProvenancePacket.Write(provenance));
        }

        using var file = new MemoryStream();
        pixels.Save(file, encoder);
        return file.ToArray();
    }

    private static IImageEncoder EncoderOf(EncodeOptions options)
    {
        var bare = options.Provenance is null;
        return options.Format switch
        {
            ImageFormat.Jpeg => new JpegEncoder
            {
                Quality = options.Quality,
                ColorType = options.Quality < QualityOfFullColour ? JpegEncodingColor.YCbCrRatio420 : JpegEncodingColor.YCbCrRatio444,
                SkipMetadata = bare,
            },
            ImageFormat.Png => new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8, SkipMetadata = bare },
            ImageFormat.WebP => new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = options.Quality, SkipMetadata = bare },
            _ => throw SharpLibrary.Unsupported(options.Format, "write"),
        };
    }
}
