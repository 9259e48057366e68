using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>Tells whether a file goes on to its end, as its format marks it.</summary>
internal static class FileEnd
{
    private const byte Marker = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>Whether the end is there. What stands behind it, as some cameras leave, is no fault.</summary>
    public static bool IsThere(ReadOnlySpan<byte> file, ImageFormat format) => format switch
    {
        // A marker inside of compressed data is escaped, so the last one is that of the picture or of what follows it.
        ImageFormat.Jpeg => file.LastIndexOf([Marker, EndOfImage]) > file.LastIndexOf([Marker, StartOfScan]),
        ImageFormat.Png => file.LastIndexOf("IEND"u8) > file.LastIndexOf("IDAT"u8),
        ImageFormat.WebP => WebPChunks.StatedLength(file) <= file.Length,
        _ => true,
    };
}
