using NetVips;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders.Colour;
using PoseFunctions.Imaging.Decoders.Orientation;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Reads what a file says about itself, and refuses it before any pixel is decoded.</summary>
internal static class HeaderReader
{
    private const string PageCount = "n-pages";

    public static ImageInfo Read(ReadOnlyMemory<byte> encoded, ImageLimits limits)
    {
        var info = ReadHeader(encoded, ImageAdmission.FormatOf(encoded, limits));
        ImageAdmission.Enforce(info, limits);
        SignalledColour.Read(info.Format, encoded);
        return info;
    }

    private static ImageInfo ReadHeader(ReadOnlyMemory<byte> encoded, ImageFormat format)
    {
        try
        {
            using var source = EncodedSource.Over(encoded);
            using var header = ImageLoader.Open(source, format, Shrink.None);
            var frames = header.Contains(PageCount) ? Convert.ToInt32(header.Get(PageCount), provider: null) : 1;
            if (format == ImageFormat.Avif && ImageSignature.IsAvifSequence(encoded.Span))
            {
                frames = Math.Max(2, frames);
            }

            return new(format, new(header.Width, header.Height), frames, OrientationReader.Read(header, format, encoded));
        }
        catch (VipsException)
        {
            throw ImageAdmission.Unreadable(format, Damage.Describe(format, encoded));
        }
    }
}
