using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging;

/// <summary>
/// Tells the format by its magic bytes, never by a name. It is the gate in front of the native decoders: bytes that it does
/// not know reach none of them.
/// </summary>
internal static class ImageFormatDetector
{
    private const int BrandLength = 4;
    private const int FirstCompatibleBrand = 16;

    /// <summary>The format, or null when it is none of ours.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        _ when file.StartsWith("RIFF"u8) && HasAt(file, 8, "WEBP"u8) => ImageFormat.WebP,
        _ when HasBrand(file, "avif"u8) || HasBrand(file, "avis"u8) => ImageFormat.Avif,
        _ => null,
    };

    /// <summary>Whether an AVIF file is an image sequence, of which the still-image decoder would see only one frame.</summary>
    public static bool IsAvifSequence(ReadOnlySpan<byte> file) => HasAt(file, 4, "ftypavis"u8);

    // ISO/IEC 14496-12 section 4.3: the ftyp box holds a major brand, a version and a list of compatible brands.
    private static bool HasBrand(ReadOnlySpan<byte> file, ReadOnlySpan<byte> brand)
    {
        if (!HasAt(file, 4, "ftyp"u8))
        {
            return false;
        }

        if (HasAt(file, 8, brand))
        {
            return true;
        }

        var end = Math.Min(file[3], file.Length);
        for (var i = FirstCompatibleBrand; i + BrandLength <= end; i += BrandLength)
        {
            if (HasAt(file, i, brand))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAt(ReadOnlySpan<byte> file, int offset, ReadOnlySpan<byte> expected) =>
        file.Length >= offset + expected.Length && file.Slice(offset, expected.Length).SequenceEqual(expected);
}
