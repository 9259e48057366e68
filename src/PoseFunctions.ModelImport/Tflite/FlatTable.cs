using System.Runtime.InteropServices;
using Google.FlatBuffers;

namespace PoseFunctions.ModelImport.Tflite;

/// <summary>
/// A table of a flatbuffer, read by the numbers that fields have in its schema, so that no schema compiler is needed. Fields that
/// are absent have their default. Whatever points out of the buffer throws <see cref="ArgumentException"/>.
/// </summary>
internal sealed class FlatTable
{
    private const int FirstField = 4;
    private const int OffsetSize = sizeof(int);

    private readonly Table table;

    private FlatTable(ByteBuffer buffer, int position)
    {
        table = new(position, buffer);

        // Before any field is looked up, so that a damaged position is found here.
        buffer.GetInt(position);
    }

    /// <summary>The root of the flatbuffer that the bytes begin with.</summary>
    public static FlatTable Root(byte[] bytes)
    {
        var buffer = new ByteBuffer(bytes);
        return new(buffer, buffer.GetInt(0));
    }

    public byte Byte(int field, byte absent = 0) => Place(field) is { } place ? table.bb.Get(place) : absent;

    public bool Flag(int field) => Byte(field) != 0;

    public int Number(int field, int absent = 0) => Place(field) is { } place ? table.bb.GetInt(place) : absent;

    public FlatTable? Table(int field) => Place(field) is { } place ? Behind(place) : null;

    public FlatTable[] Tables(int field)
    {
        var (start, count) = Vector(field, OffsetSize);
        return [.. Enumerable.Range(0, count).Select(index => Behind(start + (OffsetSize * index)))];
    }

    /// <summary>A vector of numbers; empty where it is absent.</summary>
    public T[] Numbers<T>(int field)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        var (start, count) = Vector(field, size);
        return MemoryMarshal.Cast<byte, T>(table.bb.ToArray<byte>(start, count * size)).ToArray();
    }

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Numbers<byte>(field));

    private int? Place(int field) => table.__offset(FirstField + (2 * field)) is var offset and not 0 ? table.bb_pos + offset : null;

    private FlatTable Behind(int place) => new(table.bb, table.__indirect(place));

    private (int Start, int Count) Vector(int field, int elementSize)
    {
        if (Place(field) is not { } place)
        {
            return (0, 0);
        }

        var vector = place + table.bb.GetInt(place);
        var count = table.bb.GetInt(vector);
        var start = vector + sizeof(int);
        return count >= 0 && (start + ((long)count * elementSize)) <= table.bb.Length
            ? (start, count)
            : throw new ArgumentException($"A vector of {count} elements does not fit into the file.");
    }
}
