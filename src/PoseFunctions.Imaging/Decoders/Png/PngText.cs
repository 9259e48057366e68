using System.IO.Compression;
using System.Text;

namespace PoseFunctions.Imaging.Decoders.Png;

/// <summary>The keyword and the text of a <c>tEXt</c>, <c>zTXt</c> or <c>iTXt</c> chunk: PNG specification, section 11.3.3.</summary>
internal static class PngText
{
    // Metadata of photos is far smaller; whoever sends more wants our memory.
    private const int MostBytes = 1_000_000;
    private const byte Deflate = 0;

    /// <summary>The keyword; null for a chunk of another type.</summary>
    public static string? KeywordOf(PngChunk chunk) =>
        chunk.Type is "tEXt" or "zTXt" or "iTXt" && chunk.Data.Span.IndexOf((byte)0) is > 0 and var end
            ? Encoding.Latin1.GetString(chunk.Data.Span[..end])
            : null;

    /// <summary>The text, decompressed; null where it is damaged.</summary>
    public static byte[]? Read(PngChunk chunk)
    {
        var data = AfterZero(chunk.Data);
        return chunk.Type switch
        {
            "tEXt" => data.ToArray(),
            "zTXt" when data.Span is [Deflate, ..] => Inflate(data[1..]),
            "iTXt" when data.Span is [0, _, ..] => AfterZero(AfterZero(data[2..])).ToArray(),
            "iTXt" when data.Span is [1, Deflate, ..] => Inflate(AfterZero(AfterZero(data[2..]))),
            _ => null,
        };
    }

    private static ReadOnlyMemory<byte> AfterZero(ReadOnlyMemory<byte> data) => data[(data.Span.IndexOf((byte)0) + 1)..];

    private static byte[]? Inflate(ReadOnlyMemory<byte> compressed)
    {
        try
        {
            using var inflating = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            var text = new byte[MostBytes];
            return text[..inflating.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
