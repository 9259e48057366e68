using System.Buffers.Binary;
using System.Text;

namespace PoseFunctions.Imaging.Decoders.Avif;

/// <summary>A box of the ISO base media file format: ISO/IEC 14496-12, section 4.2.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Content">What follows size and type.</param>
internal readonly record struct Box(string Type, ReadOnlyMemory<byte> Content)
{
    private const int HeaderLength = 8;

    /// <summary>The boxes in order, as far as they are whole.</summary>
    public static IEnumerable<Box> Read(ReadOnlyMemory<byte> content)
    {
        while (content.Length >= HeaderLength)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(content.Span) switch
            {
                0 => (ulong)content.Length,
                1 => content.Length >= 16 ? BinaryPrimitives.ReadUInt64BigEndian(content.Span[HeaderLength..]) : 0,
                var plain => plain,
            };
            var header = BinaryPrimitives.ReadUInt32BigEndian(content.Span) == 1 ? 16 : HeaderLength;
            if (size < (ulong)header || size > (ulong)content.Length)
            {
                yield break;
            }

            yield return new(Encoding.Latin1.GetString(content.Span.Slice(4, 4)), content[header..(int)size]);
            content = content[(int)size..];
        }
    }

    /// <summary>The content of the first box of that type; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> content, string type) =>
        Read(content).FirstOrDefault(box => box.Type == type).Content;
}
