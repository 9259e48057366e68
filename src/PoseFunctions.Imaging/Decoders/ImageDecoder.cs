using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Encoded bytes to upright sRGB pixels.</summary>
internal static class ImageDecoder
{
    public static RgbImage Decode(ReadOnlyMemory<byte> encoded, ImageInfo info, int? maxLongSide)
    {
        var target = maxLongSide < info.Size.LongSide ? info.Size.WithLongSide(maxLongSide.Value) : info.Size;
        try
        {
            using var pinned = new PinnedMemory(encoded);
            using var loaded = ImageLoader.Open(pinned, info.Format, Shrink.For(info.Size, target));
            using var opaque = ColourConversion.FlattenOnWhite(loaded);
            using var resized = Resampler.Resize(opaque, target);
            using var srgb = ColourConversion.ToSrgb(resized);
            var stored = Resampler.Render(srgb);
            return info.Orientation == ExifOrientation.Upright ? stored : ExifOrientation.Apply(stored, info.Orientation);
        }
        catch (VipsException failure)
        {
            throw ImageAdmission.Unreadable(info.Format, failure.NativeMessage, failure);
        }
    }
}
