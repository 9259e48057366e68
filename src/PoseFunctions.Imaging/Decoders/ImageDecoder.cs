using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Encoded bytes to upright sRGB pixels.</summary>
internal static class ImageDecoder
{
    public static RgbImage Decode(ReadOnlyMemory<byte> encoded, ImageInfo info, int? maxLongSide)
    {
        var target = maxLongSide < info.Size.LongSide ? info.Size.WithLongSide(maxLongSide.Value) : info.Size;
        try
        {
            using var source = EncodedSource.Over(encoded);
            using var loaded = ImageLoader.Open(source, info.Format, Shrink.For(info.Size, target));
            using var opaque = ColourConversion.FlattenOnWhite(loaded);
            using var resized = Pixels.Resize(opaque, target);
            using var srgb = ColourConversion.ToSrgb(resized);
            var stored = Pixels.Render(srgb);
            return info.Orientation == ExifOrientation.Upright ? stored : ExifOrientation.Apply(stored, info.Orientation);
        }
        catch (VipsException)
        {
            throw ImageAdmission.Unreadable(info.Format, "its pixels cannot be decoded.");
        }
    }
}
