using PoseFunctions.Imaging.Decoders.Orientation;

namespace PoseFunctions.Imaging.Decoders.Png;

/// <summary>
/// The orientation of a PNG whose EXIF is not where libvips looks: behind the pixels, in the text chunks that were used before
/// there was an <c>eXIf</c> chunk, or only in XMP.
/// </summary>
internal static class PngOrientation
{
    private const string ExifChunk = "eXIf";

    // A photo has one or two. Each may be compressed, so their number is bounded like their size.
    private const int MostBlocks = 8;

    private static readonly string[] Keywords =
        ["XML:com.adobe.xmp", "Raw profile type exif", "Raw profile type APP1", "Raw profile type xmp"];

    private static ReadOnlySpan<byte> XmpInApp1 => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>1 to 8; null where the file says nothing.</summary>
    public static int? Read(ReadOnlyMemory<byte> file)
    {
        int? byXmp = null;
        foreach (var chunk in PngChunks.Read(file).Where(IsMetadata).Take(MostBlocks))
        {
            var block = Unwrap(chunk).AsSpan();
            if (ExifOrientation.Read(block) is { } byExif)
            {
                return byExif;
            }

            var packet = block.StartsWith(XmpInApp1) ? block[XmpInApp1.Length..] : block;
            byXmp ??= packet.StartsWith("<"u8) ? XmpOrientation.Read(packet.ToArray()) : null;
        }

        return byXmp;
    }

    private static bool IsMetadata(PngChunk chunk) =>
        chunk.Type == ExifChunk || (PngText.KeywordOf(chunk) is { } keyword && Keywords.Contains(keyword));

    private static byte[]? Unwrap(PngChunk chunk)
    {
        var content = chunk.Type == ExifChunk ? chunk.Data.ToArray() : PngText.Read(chunk);
        return content is null ? null : RawProfile.Decode(content) ?? content;
    }
}
