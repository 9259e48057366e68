using System.Buffers.Binary;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Tests;

/// <summary>Pictures and files made by arithmetic, without the codec under test.</summary>
internal static class TestPictures
{
    /// <summary>A smooth picture whose four corners differ, so that every mirror and turn of it is told apart.</summary>
    public static RgbImage Corners(int width, int height)
    {
        var image = RgbImage.Rent(new(width, height));
        for (var y = 0; y < height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < width; x++)
            {
                row[3 * x] = (byte)(20 + (200 * x / width));
                row[(3 * x) + 1] = (byte)(20 + (200 * y / height));
                row[(3 * x) + 2] = (byte)(x < width / 2 ? 40 : 180);
            }
        }

        return image;
    }

    /// <summary>A picture with something in every block, so that no missing part of it goes unseen.</summary>
    public static RgbImage Noisy(int width, int height)
    {
        var image = Corners(width, height);
        var random = new Random(11);
        foreach (ref var channel in image.Pixels)
        {
            channel = (byte)(channel + random.Next(-20, 21));
        }

        return image;
    }

    /// <summary>Mean absolute difference of the channels, in levels of 255.</summary>
    public static double Difference(RgbImage a, RgbImage b)
    {
        if (a.Size != b.Size)
        {
            throw new ArgumentException($"One picture has {a.Size}, the other {b.Size}.", nameof(b));
        }

        double sum = 0;
        var pixelsA = a.Pixels;
        var pixelsB = b.Pixels;
        for (var i = 0; i < pixelsA.Length; i++)
        {
            sum += Math.Abs(pixelsA[i] - pixelsB[i]);
        }

        return sum / pixelsA.Length;
    }

    /// <summary>The colour of one pixel.</summary>
    public static (byte R, byte G, byte B) At(RgbImage image, int x, int y) =>
        (image.Row(y)[3 * x], image.Row(y)[(3 * x) + 1], image.Row(y)[(3 * x) + 2]);

    /// <summary>A PNG whose header claims a size that its content does not have.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        file.Write(PngChunk("IHDR"u8, header));
        file.Write(PngChunk("IDAT"u8, [0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]));
        file.Write(PngChunk("IEND"u8, []));
        return file.ToArray();
    }

    /// <summary>A GIF89a with that many one-pixel frames.</summary>
    public static byte[] Gif(int frames)
    {
        using var file = new MemoryStream();
        file.Write("GIF89a"u8);
        file.Write([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        for (var i = 0; i < frames; i++)
        {
            file.Write([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }

    /// <summary>The JPEG with an EXIF block that holds only an orientation and a GPS position.</summary>
    public static byte[] WithExif(byte[] jpeg, int orientation)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. ExifBlock(orientation)];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(exif.Length + 2));
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>TIFF header, IFD0 with two entries (0x0112 orientation, 0x8825 GPS IFD), GPS IFD with one (latitude "N").</summary>
    public static byte[] ExifBlock(int orientation) =>
        [
            .. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0,
            1, 0, 1, 0, 2, 0, 2, 0, 0, 0, (byte)'N', 0, 0, 0, 0, 0, 0, 0,
        ];

    /// <summary>The pixels as a camera stores them so that the orientation turns them upright (EXIF 2.32, tag 0x0112).</summary>
    public static RgbImage Stored(RgbImage upright, int orientation)
    {
        var (width, height) = (upright.Size.Width, upright.Size.Height);
        var stored = RgbImage.Rent(orientation < 5 ? upright.Size : new(height, width));
        for (var y = 0; y < stored.Size.Height; y++)
        {
            for (var x = 0; x < stored.Size.Width; x++)
            {
                var (sourceX, sourceY) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (width - 1 - y, x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (y, height - 1 - x),
                };
                upright.Row(sourceY).Slice(3 * sourceX, 3).CopyTo(stored.Row(y).Slice(3 * x, 3));
            }
        }

        return stored;
    }

    /// <summary>A chunk of a PNG: length, type, data and checksum.</summary>
    public static byte[] PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, System.IO.Hashing.Crc32.HashToUInt32([.. type, .. data]));
        return [.. length, .. type, .. data, .. checksum];
    }
}
