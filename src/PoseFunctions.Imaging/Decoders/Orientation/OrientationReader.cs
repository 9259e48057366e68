using NetVips;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders.Png;

namespace PoseFunctions.Imaging.Decoders.Orientation;

/// <summary>How a photo has to be turned, wherever its file says so: EXIF first, XMP where EXIF is silent.</summary>
internal static class OrientationReader
{
    private const string ByExif = "orientation";
    private const string Xmp = "xmp-data";

    /// <summary>EXIF orientation, 1 to 8; 1 where the file says nothing.</summary>
    public static int Read(Image header, ImageFormat format, ReadOnlyMemory<byte> file)
    {
        // The format's own properties turn an AVIF, and the decoder follows them: its EXIF and XMP only repeat them.
        if (format == ImageFormat.Avif)
        {
            return Upright.Already;
        }

        if (header.Contains(ByExif))
        {
            return Convert.ToInt32(header.Get(ByExif), provider: null);
        }

        return (format == ImageFormat.Png ? PngOrientation.Read(file) : FromXmp(header)) ?? Upright.Already;
    }

    private static int? FromXmp(Image header) => header.Contains(Xmp) ? XmpOrientation.Read((byte[])header.Get(Xmp)) : null;
}
