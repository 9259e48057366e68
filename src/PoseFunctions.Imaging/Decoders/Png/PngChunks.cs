using System.Buffers.Binary;
using System.Text;

namespace PoseFunctions.Imaging.Decoders.Png;

/// <summary>The chunks of a PNG, for what libvips does not hand out. Checksums are left to the decoder.</summary>
internal static class PngChunks
{
    private const int SignatureLength = 8;
    private const int Overhead = 12;

    /// <summary>All whole chunks in their order, as far as the end chunk or the last one that is whole.</summary>
    public static IEnumerable<PngChunk> Read(ReadOnlyMemory<byte> file)
    {
        var rest = file[Math.Min(SignatureLength, file.Length)..];
        while (rest.Length >= Overhead)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
            if (length > rest.Length - Overhead)
            {
                yield break;
            }

            var chunk = new PngChunk(Encoding.Latin1.GetString(rest.Span.Slice(4, 4)), rest.Slice(8, (int)length));
            yield return chunk;
            if (chunk.Type == "IEND")
            {
                yield break;
            }

            rest = rest[(Overhead + (int)length)..];
        }
    }
}
