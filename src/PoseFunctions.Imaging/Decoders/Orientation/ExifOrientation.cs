using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Decoders.Orientation;

/// <summary>Tag 0x0112 of an EXIF block (a TIFF header and its first directory), for the blocks that libvips does not look into.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int EntryLength = 12;

    /// <summary>1 to 8; null where the block has none or is damaged.</summary>
    /// <param name="exif">The block, with or without the name that it has in a JPEG.</param>
    public static int? Read(ReadOnlySpan<byte> exif)
    {
        var tiff = exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
        var isLittleEndian = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || !(isLittleEndian || tiff.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        var directory = Long(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var entries = tiff[((int)directory + 2)..];
        for (var left = Short(tiff[(int)directory..]); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (Short(entries) == Tag)
            {
                return Short(entries[8..]) is >= 1 and <= 8 and var orientation ? orientation : null;
            }
        }

        return null;

        int Short(ReadOnlySpan<byte> at) =>
            isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

        uint Long(ReadOnlySpan<byte> at) =>
            isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
    }
}
