using System.Buffers.Binary;
using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Tests;

/// <summary>JPEG files of every build, and with the faults and oddities that they are received with.</summary>
internal static class JpegFiles
{
    public static readonly byte[] EndMarker = [0xFF, 0xD9];

    public static byte[] Sequential(RgbImage picture) => Save(picture, image => image.JpegsaveBuffer(q: 90));

    /// <summary>Blocks of one row of eight pixels, so that the last rows have a block row of their own.</summary>
    public static byte[] WithoutSubsampling(RgbImage picture) =>
        Save(picture, image => image.JpegsaveBuffer(q: 95, subsampleMode: Enums.ForeignSubsample.Off));

    public static byte[] Grey(RgbImage picture) => Save(picture, image => image.Colourspace(Enums.Interpretation.Bw).JpegsaveBuffer(q: 90));

    public static byte[] WithRestarts(RgbImage picture) => Save(picture, image => image.JpegsaveBuffer(q: 90, restartInterval: 4));

    public static byte[] Progressive(RgbImage picture) => Save(picture, image => image.JpegsaveBuffer(q: 90, interlace: true));

    /// <summary>All builds by name.</summary>
    public static byte[] Make(string build, RgbImage picture) => build switch
    {
        nameof(Sequential) => Sequential(picture),
        nameof(WithoutSubsampling) => WithoutSubsampling(picture),
        nameof(Grey) => Grey(picture),
        nameof(WithRestarts) => WithRestarts(picture),
        nameof(Progressive) => Progressive(picture),
        _ => throw new ArgumentException($"There is no build '{build}'.", nameof(build)),
    };

    /// <summary>The fields of the scan's header that a sequential file does not need are zero, as some cameras leave them.</summary>
    public static byte[] WithEmptySelection(byte[] jpeg)
    {
        var odd = jpeg.ToArray();
        var scan = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xDA]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(scan + 2));
        odd.AsSpan(scan + 2 + length - 3, 3).Clear();
        return odd;
    }

    /// <summary>Three bytes that belong to nothing stand before the first Huffman table.</summary>
    public static byte[] WithStrayBytes(byte[] jpeg)
    {
        var table = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC4]);
        return [.. jpeg[..table], 0, 0, 0, .. jpeg[table..]];
    }

    /// <summary>The opposite of <see cref="WithStrayBytes"/>, for a decoder that cannot bear them.</summary>
    public static byte[] WithoutStrayBytes(byte[] jpeg)
    {
        var table = jpeg.AsSpan().IndexOf<byte>([0, 0, 0, 0xFF, 0xC4]);
        return table < 0 ? jpeg : [.. jpeg[..table], .. jpeg[(table + 3)..]];
    }

    /// <summary>A version of JFIF that there never was.</summary>
    public static byte[] WithUnknownVersion(byte[] jpeg) =>
        [.. jpeg[..2], 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 9, 2, 0, 0, 1, 0, 1, 0, 0, .. jpeg[2..]];

    private static byte[] Save(RgbImage picture, Func<Image, byte[]> save)
    {
        using var pixels = Image.NewFromMemory<byte>(picture.Memory, picture.Size.Width, picture.Size.Height, 3, Enums.BandFormat.Uchar);
        using var srgb = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return save(srgb);
    }
}
