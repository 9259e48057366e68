using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using ImageInfo = PoseFunctions.Core.Images.ImageInfo;
using SharpInfo = SixLabors.ImageSharp.ImageInfo;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>Reads what a file says about itself, and refuses it before any pixel is decoded.</summary>
internal static class SharpHeaderReader
{
    private const int Upright = 1;

    public static ImageInfo Read(ReadOnlyMemory<byte> encoded, ImageLimits limits)
    {
        var info = ReadHeader(encoded, ImageAdmission.FormatOf(encoded, limits));
        ImageAdmission.Enforce(info, limits);

        // ImageSharp fills what is missing with grey; half a photo is not what the customer sent.
        if (!FileEnd.IsThere(encoded.Span, info.Format))
        {
            throw ImageAdmission.Unreadable(info.Format, "it ends early");
        }

        return info;
    }

    private static ImageInfo ReadHeader(ReadOnlyMemory<byte> encoded, ImageFormat format)
    {
        var decoder = SharpLibrary.DecoderOf(format);
        SharpInfo header;
        try
        {
            using var stream = SharpLibrary.Open(encoded);

            // All frames are counted: the limit on one of them is for decoding.
            header = decoder.Identify(new DecoderOptions { Configuration = SharpLibrary.Configuration }, stream);
        }
        catch (Exception failure) when (IsOfTheFile(failure))
        {
            throw ImageAdmission.Unreadable(format, failure.Message, failure);
        }

        if (format == ImageFormat.Jpeg && header.Metadata.GetJpegMetadata().ColorType is JpegEncodingColor.Cmyk or JpegEncodingColor.Ycck)
        {
            throw new RejectedException(
                FailureCodes.ImageFormatUnsupported,
                "The picture is in CMYK, made for printing; the codec ImageSharp cannot show its colours right. Save it as RGB.");
        }

        var exif = header.Metadata.ExifProfile ?? ExifOfWebP(encoded, format);
        return new(format, new(header.Width, header.Height), Frames(header, encoded.Span, format), OrientationOf(exif));
    }

    /// <summary>
    /// Whether an exception means a bad file. Decoders of hostile files fail in many ways; only a lack of memory is not the file's.
    /// </summary>
    public static bool IsOfTheFile(Exception failure) => failure is not (OutOfMemoryException or RejectedException);

    private static int OrientationOf(ExifProfile? exif) =>
        exif is not null && exif.TryGetValue(ExifTag.Orientation, out var orientation) && orientation.Value is >= 1 and <= 8
            ? orientation.Value
            : Upright;

    // The library reads EXIF of a WebP only together with the pixels, because it stands behind them.
    private static ExifProfile? ExifOfWebP(ReadOnlyMemory<byte> encoded, ImageFormat format) =>
        format == ImageFormat.WebP && WebPChunks.Find(encoded.Span, "EXIF"u8) is { Length: > 0 } exif ? new(exif) : null;

    private static int Frames(SharpInfo header, ReadOnlySpan<byte> encoded, ImageFormat format)
    {
        var counted = Math.Max(1, header.FrameMetadataCollection.Count);
        return format == ImageFormat.WebP && WebPChunks.IsAnimation(encoded) ? Math.Max(2, counted) : counted;
    }
}
