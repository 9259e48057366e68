using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace PoseFunctions.Imaging.Tests;

/// <summary>PNG files with chunks that the codec under test never writes.</summary>
internal static class PngFiles
{
    private const int EndOfHeader = 8 + 12 + 13;
    private const int EndChunkLength = 12;

    public static byte[] InFront(byte[] png, string type, byte[] data) =>
        [.. png[..EndOfHeader], .. TestPictures.PngChunk(Encoding.ASCII.GetBytes(type), data), .. png[EndOfHeader..]];

    public static byte[] Behind(byte[] png, string type, byte[] data) =>
        [.. png[..^EndChunkLength], .. TestPictures.PngChunk(Encoding.ASCII.GetBytes(type), data), .. png[^EndChunkLength..]];

    public static byte[] WithoutEnd(byte[] png) => png[..^EndChunkLength];

    public static byte[] Text(string keyword, byte[] text) => [.. Keyword(keyword), .. text];

    public static byte[] CompressedText(string keyword, byte[] text) => [.. Keyword(keyword), 0, .. Deflate(text)];

    public static byte[] InternationalText(string keyword, byte[] text) => [.. Keyword(keyword), 0, 0, .. "en\0"u8, .. "Titel\0"u8, .. text];

    public static byte[] CompressedInternationalText(string keyword, byte[] text) => [.. Keyword(keyword), 1, 0, 0, 0, .. Deflate(text)];

    /// <summary>A block as ImageMagick writes it: name, length and hexadecimal digits in lines of 72.</summary>
    public static byte[] RawProfile(string name, byte[] block)
    {
        var lines = Convert.ToHexStringLower(block).Chunk(72).Select(line => new string(line));
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{name}\n{block.Length,8}\n{string.Join('\n', lines)}\n"));
    }

    private static byte[] Keyword(string keyword) => [.. Encoding.ASCII.GetBytes(keyword), 0];

    private static byte[] Deflate(byte[] text)
    {
        using var compressed = new MemoryStream();
        using (var deflating = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            deflating.Write(text);
        }

        return compressed.ToArray();
    }
}
