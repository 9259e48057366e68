using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Reads what a file says about itself, and refuses it before any pixel is decoded.</summary>
internal static class HeaderReader
{
    public static ImageInfo Read(ReadOnlyMemory<byte> encoded, ImageLimits limits)
    {
        var info = ReadHeader(encoded, ImageAdmission.FormatOf(encoded, limits));
        ImageAdmission.Enforce(info, limits);
        return info;
    }

    private static ImageInfo ReadHeader(ReadOnlyMemory<byte> encoded, ImageFormat format)
    {
        try
        {
            using var pinned = new PinnedMemory(encoded);
            using var header = ImageLoader.Open(pinned, format, Shrink.None);
            var frames = format == ImageFormat.Avif && ImageSignature.IsAvifSequence(encoded.Span)
                ? Math.Max(2, header.PageCount)
                : header.PageCount;
            return new(format, new(header.Width, header.Height), frames, header.Orientation);
        }
        catch (VipsException failure)
        {
            throw ImageAdmission.Unreadable(format, failure.NativeMessage, failure);
        }
    }
}
