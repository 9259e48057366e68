using System.Buffers.Binary;

namespace PoseFunctions.Core.Images;

/// <summary>
/// Tells a format from a file's first bytes, never from its name. It is the gate in front of storage and of the native
/// decoders: bytes that it does not know reach neither.
/// </summary>
public static class ImageSignature
{
    /// <summary>No more bytes than these, from the start of a file, are looked at.</summary>
    public const int Length = 256;

    private const int BrandLength = 4;
    private const int MajorBrand = 8;
    private const int FirstCompatibleBrand = 16;

    /// <summary>The format that the first bytes promise; null for none of ours.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        _ when HasBrand(file, "avif"u8) || HasBrand(file, "avis"u8) => ImageFormat.Avif,
        _ => null,
    };

    /// <summary>Whether an AVIF file is an image sequence, of which the still-image decoder would see only one frame.</summary>
    public static bool IsAvifSequence(ReadOnlySpan<byte> file) => HasAt(file, 4, "ftypavis"u8);

    // ISO/IEC 14496-12 section 4.3: the ftyp box holds its size, a major brand, a version and a list of compatible brands.
    private static bool HasBrand(ReadOnlySpan<byte> file, ReadOnlySpan<byte> brand)
    {
        if (!HasAt(file, 4, "ftyp"u8))
        {
            return false;
        }

        if (HasAt(file, MajorBrand, brand))
        {
            return true;
        }

        var end = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)Math.Min(file.Length, Length));
        for (var offset = FirstCompatibleBrand; offset + BrandLength <= end; offset += BrandLength)
        {
            if (HasAt(file, offset, brand))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAt(ReadOnlySpan<byte> file, int offset, ReadOnlySpan<byte> expected) =>
        file.Length >= offset + expected.Length && file.Slice(offset, expected.Length).SequenceEqual(expected);
}
