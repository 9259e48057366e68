using NetVips;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders.Colour;
using PoseFunctions.Imaging.Decoders.Jpeg;
using PoseFunctions.Imaging.Decoders.Orientation;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Encoded bytes to upright sRGB pixels.</summary>
internal static class ImageDecoder
{
    public static RgbImage Decode(ReadOnlyMemory<byte> encoded, ImageInfo info, int? maxLongSide)
    {
        try
        {
            var losses = DecoderWarnings.LossesOfThread;
            var stored = DecodeStored(encoded, info, maxLongSide);
            if (DecoderWarnings.LossesOfThread == losses)
            {
                return Upright.Turn(stored, info.Orientation);
            }

            stored.Dispose();
        }
        catch (VipsException)
        {
            // Its words may be about another photo. Those below are about this one.
        }

        throw ImageAdmission.Unreadable(info.Format, Damage.Describe(info.Format, encoded));
    }

    private static RgbImage DecodeStored(ReadOnlyMemory<byte> encoded, ImageInfo info, int? maxLongSide)
    {
        var target = maxLongSide < info.Size.LongSide ? info.Size.WithLongSide(maxLongSide.Value) : info.Size;
        using var source = EncodedSource.Over(info.Format == ImageFormat.Jpeg ? StrictJpeg.Of(encoded.Span) : encoded);
        using var loaded = ImageLoader.Open(source, info.Format, Shrink.For(info.Size, target));
        using var opaque = ColourConversion.FlattenOnWhite(loaded);
        using var resized = Pixels.Resize(opaque, target);
        using var srgb = ColourConversion.ToSrgb(resized, SignalledColour.Read(info.Format, encoded));
        return Pixels.Render(srgb);
    }
}
