using System.Buffers.Binary;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Api.Jobs;

/// <summary>
/// Tells a format from a file's first bytes, so that what is no photo is refused before it is stored. Whether the file can be
/// decoded is found out by the worker.
/// </summary>
internal static class PhotoSignature
{
    /// <summary>So many bytes from the start of a file are enough.</summary>
    public const int Length = 64;

    /// <summary>The format that the first bytes promise; null for none of ours.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] when HasAvifBrand(start) => ImageFormat.Avif,
        _ => null,
    };

    // ISO/IEC 14496-12, 4.3: major brand, minor version, then compatible brands up to the end of the box.
    private static bool HasAvifBrand(ReadOnlySpan<byte> start)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        for (var offset = 8; offset + 4 <= end; offset += 4)
        {
            var brand = start.Slice(offset, 4);
            if (offset != 12 && (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)))
            {
                return true;
            }
        }

        return false;
    }
}
