using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Tests;

/// <summary>AVIF files with properties that the codec under test never writes, made from the one-item files that it writes.</summary>
internal static class AvifFiles
{
    private const byte Picture = 1;
    private const byte Other = 2;

    // Behind the name: version and flags, sizes of fields, number of items; then the first item's number and source.
    private const int BaseOffset = 4 + 4 + 2 + 2 + 2 + 2;

    /// <summary>The picture says by code points what its numbers mean.</summary>
    public static byte[] WithCodePoints(byte[] avif, byte primaries, byte transfer) => WithColour(avif, Picture, primaries, transfer);

    /// <summary>Another item says it, such as a gain map.</summary>
    public static byte[] WithCodePointsElsewhere(byte[] avif, byte primaries, byte transfer) => WithColour(avif, Other, primaries, transfer);

    private static byte[] WithColour(byte[] avif, byte item, byte primaries, byte transfer)
    {
        byte[] property = [0, 0, 0, 19, .. "colrnclx"u8, 0, primaries, 0, transfer, 0, 6, 0x80];
        var (properties, associations) = (EndOf(avif, "ipco"u8), EndOf(avif, "ipma"u8));

        // av1C, ispe and pixi are the first three properties.
        byte[] association = item == Picture ? [4] : [0, item, 1, 4];
        byte[] file = [.. avif[..properties], .. property, .. avif[properties..associations], .. association, .. avif[associations..]];
        var growth = (uint)(property.Length + association.Length);
        Add(file, SizeOf(file, "meta"u8), growth);
        Add(file, SizeOf(file, "iprp"u8), growth);
        Add(file, SizeOf(file, "ipco"u8), (uint)property.Length);
        Add(file, SizeOf(file, "ipma"u8), (uint)association.Length);
        Add(file, SizeOf(file, "iloc"u8) + 4 + BaseOffset, growth);
        var list = SizeOf(file, "ipma"u8) + 12;
        if (item == Picture)
        {
            file[list + 6]++;
        }
        else
        {
            Add(file, list, 1);
        }

        return file;
    }

    private static int SizeOf(byte[] file, ReadOnlySpan<byte> box) => file.AsSpan().IndexOf(box) - 4;

    private static int EndOf(byte[] file, ReadOnlySpan<byte> box) =>
        SizeOf(file, box) + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(SizeOf(file, box)));

    private static void Add(byte[] file, int at, uint increment) =>
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) + increment);
}
