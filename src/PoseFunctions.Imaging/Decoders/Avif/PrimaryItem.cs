using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Decoders.Avif;

/// <summary>The properties of the picture that an AVIF shows; others belong to thumbnails, alpha planes and gain maps.</summary>
internal static class PrimaryItem
{
    private const int VersionAndFlags = 4;

    /// <summary>ISO/IEC 23008-12, section 9.3: the item's numbers lead into the list of all properties.</summary>
    public static IEnumerable<Box> PropertiesOf(ReadOnlyMemory<byte> file)
    {
        var meta = Skip(Box.Find(file, "meta"), VersionAndFlags);
        var primary = Box.Find(meta, "pitm");
        var properties = Box.Find(meta, "iprp");
        if (primary.Length < VersionAndFlags + 2 || properties.IsEmpty)
        {
            return [];
        }

        var isWide = primary.Span[0] > 0;
        var id = ReadNumber(primary.Span[VersionAndFlags..], isWide);
        var all = Box.Read(Box.Find(properties, "ipco")).ToArray();
        return Box.Read(properties).Where(box => box.Type == "ipma")
            .SelectMany(box => IndicesOf(id, box.Content))
            .Where(index => index >= 1 && index <= all.Length)
            .Select(index => all[index - 1]);
    }

    private static List<int> IndicesOf(uint id, ReadOnlyMemory<byte> associations)
    {
        var indices = new List<int>();
        if (associations.Length < VersionAndFlags + 4)
        {
            return indices;
        }

        var (hasWideIds, hasWideIndices) = (associations.Span[0] > 0, (associations.Span[3] & 1) != 0);
        var idLength = hasWideIds ? 4 : 2;
        var rest = associations.Span[(VersionAndFlags + 4)..];
        while (rest.Length > idLength)
        {
            var isPrimary = ReadNumber(rest, hasWideIds) == id;
            var count = (int)rest[idLength];
            rest = rest[(idLength + 1)..];
            for (; count > 0 && rest.Length >= (hasWideIndices ? 2 : 1); count--)
            {
                // The highest bit says whether the property is essential.
                var index = hasWideIndices ? BinaryPrimitives.ReadUInt16BigEndian(rest) & 0x7FFF : rest[0] & 0x7F;
                rest = rest[(hasWideIndices ? 2 : 1)..];
                if (isPrimary)
                {
                    indices.Add(index);
                }
            }
        }

        return indices;
    }

    private static uint ReadNumber(ReadOnlySpan<byte> at, bool isWide) =>
        !isWide ? BinaryPrimitives.ReadUInt16BigEndian(at) : at.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(at) : 0;

    private static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> content, int bytes) => content.Length > bytes ? content[bytes..] : default;
}
