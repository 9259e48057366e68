using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Encoders;

/// <summary>
/// Puts an XMP packet into a PNG as XMP part 3, section 1.1.5 demands: an uncompressed iTXt chunk, so that scanners that know
/// nothing of PNG find it. libvips would write a compressed zTXt chunk, which strict readers do not look at.
/// </summary>
internal static class PngXmpChunk
{
    // Signature (8 bytes), then the header chunk: length, type, 13 bytes of data, checksum.
    private const int EndOfHeader = 8 + 4 + 4 + 13 + 4;

    public static byte[] Insert(ReadOnlySpan<byte> png, ReadOnlySpan<byte> packet)
    {
        // Keyword, its end, no compression, method 0, no language, no translated keyword.
        byte[] chunk = [.. "iTXt"u8, .. "XML:com.adobe.xmp"u8, 0, 0, 0, 0, 0, .. packet];
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length - sizeof(int));
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, System.IO.Hashing.Crc32.HashToUInt32(chunk));
        return [.. png[..EndOfHeader], .. length, .. chunk, .. checksum, .. png[EndOfHeader..]];
    }
}
