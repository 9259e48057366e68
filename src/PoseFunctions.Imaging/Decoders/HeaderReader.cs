using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Reads what a file says about itself, and refuses it before any pixel is decoded.</summary>
internal static class HeaderReader
{
    private const string PageCount = "n-pages";
    private const string Orientation = "orientation";

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
            using var source = EncodedSource.Over(encoded);
            using var header = ImageLoader.Open(source, format, Shrink.None);
            var frames = NumberOr(1, header, PageCount);
            if (format == ImageFormat.Avif && ImageSignature.IsAvifSequence(encoded.Span))
            {
                frames = Math.Max(2, frames);
            }

            return new(format, new(header.Width, header.Height), frames, NumberOr(ExifOrientation.Upright, header, Orientation));
        }
        catch (VipsException)
        {
            throw ImageAdmission.Unreadable(format, "its header cannot be read.");
        }
    }

    private static int NumberOr(int missing, Image header, string field) =>
        header.Contains(field) ? Convert.ToInt32(header.Get(field), provider: null) : missing;
}
