using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Colours;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using ImageInfo = PoseFunctions.Core.Images.ImageInfo;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>Encoded bytes to upright sRGB pixels.</summary>
internal static class SharpDecoder
{
    // What the JPEG decoder leaves to the resampler: its own scaling alone would alias.
    private const int LeftToResampler = 2;

    public static RgbImage Decode(ReadOnlyMemory<byte> encoded, ImageInfo info, int? maxLongSide)
    {
        var target = maxLongSide < info.Size.LongSide ? info.Size.WithLongSide(maxLongSide.Value) : info.Size;
        try
        {
            using var opaque = info.Format == ImageFormat.Jpeg ? DecodeJpeg(encoded, target) : DecodeOverWhite(encoded, info.Format);
            if (opaque.Width != target.Width || opaque.Height != target.Height)
            {
                opaque.Mutate(step => step.Resize(target.Width, target.Height, KnownResamplers.Lanczos3));
            }

            opaque.Mutate(step => step.AutoOrient());
            var upright = ToRgb(opaque);

            // A profile of another kind, or a broken one, is no reason to refuse the photo.
            if (opaque.Metadata.IccProfile is { } profile && MatrixProfile.Read(profile.ToByteArray()) is { } matrix)
            {
                matrix.ToSrgb(upright.Pixels);
            }

            return upright;
        }
        catch (Exception failure) when (SharpHeaderReader.IsOfTheFile(failure))
        {
            throw ImageAdmission.Unreadable(info.Format, failure.Message, failure);
        }
    }

    /// <summary>The pixels in an image of ours.</summary>
    public static RgbImage ToRgb(Image<Rgb24> image)
    {
        var pixels = RgbImage.Rent(new(image.Width, image.Height));
        image.CopyPixelDataTo(pixels.Pixels);
        return pixels;
    }

    private static Image<Rgb24> DecodeJpeg(ReadOnlyMemory<byte> encoded, ImageSize target)
    {
        var options = new JpegDecoderOptions
        {
            GeneralOptions = SharpLibrary.Options(new Size(LeftToResampler * target.Width, LeftToResampler * target.Height)),
            ResizeMode = JpegDecoderResizeMode.IdctOnly,
        };
        using var stream = SharpLibrary.Open(encoded);
        return JpegDecoder.Instance.Decode<Rgb24>(options, stream);
    }

    private static Image<Rgb24> DecodeOverWhite(ReadOnlyMemory<byte> encoded, ImageFormat format)
    {
        using var stream = SharpLibrary.Open(encoded);
        using var image = SharpLibrary.DecoderOf(format).Decode<Rgba32>(SharpLibrary.Options(), stream);
        image.Mutate(step => step.BackgroundColor(Color.White));
        return image.CloneAs<Rgb24>(SharpLibrary.Configuration);
    }
}
