using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PoseFunctions.Core.Images;

/// <summary>
/// Interleaved 8-bit sRGB pixels, rows top to bottom without padding. The buffer comes from a pool: the one owner disposes
/// it, and nobody keeps a span of it afterwards.
/// </summary>
public sealed class RgbImage : IDisposable
{
    private byte[]? buffer;

    private RgbImage(ImageSize size, byte[] buffer)
    {
        Size = size;
        this.buffer = buffer;
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>The pixels, <c>3 * width * height</c> bytes.</summary>
    /// <exception cref="ObjectDisposedException">The image was disposed.</exception>
    public Span<byte> Pixels => Owned.AsSpan(0, ByteCount(Size));

    /// <summary>The same pixels as memory, for native calls that pin it.</summary>
    public Memory<byte> Memory => Owned.AsMemory(0, ByteCount(Size));

    private byte[] Owned => buffer ?? throw new ObjectDisposedException(nameof(RgbImage));

    /// <summary>An image with undefined content, to be filled by the caller.</summary>
    public static RgbImage Rent(ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1);
        return new(size, ArrayPool<byte>.Shared.Rent(ByteCount(size)));
    }

    /// <summary>A copy of <paramref name="pixels"/>, which must have <c>3 * width * height</c> bytes.</summary>
    public static RgbImage CopyOf(ImageSize size, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, ByteCount(size));
        var image = Rent(size);
        pixels.CopyTo(image.Pixels);
        return image;
    }

    /// <summary>A copy that has an owner of its own.</summary>
    public RgbImage Copy() => CopyOf(Size, Pixels);

    /// <summary>One row of pixels, <c>3 * width</c> bytes.</summary>
    public Span<byte> Row(int y) => Pixels.Slice(3 * y * Size.Width, 3 * Size.Width);

    /// <summary>A copy of the rectangle, which must lie inside.</summary>
    public RgbImage Crop(PixelRectangle area)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(area.X);
        ArgumentOutOfRangeException.ThrowIfNegative(area.Y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(area.X + area.Width, Size.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(area.Y + area.Height, Size.Height);
        var crop = Rent(new(area.Width, area.Height));
        for (var y = 0; y < area.Height; y++)
        {
            Row(area.Y + y).Slice(3 * area.X, 3 * area.Width).CopyTo(crop.Row(y));
        }

        return crop;
    }

    /// <summary>SHA-256 over width, height and pixels, lower-case hex: equal for equal pictures however they were encoded.</summary>
    public string ContentHash()
    {
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(header, Size.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Size.Height);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(Pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } returned)
        {
            ArrayPool<byte>.Shared.Return(returned);
        }
    }

    private static int ByteCount(ImageSize size) => checked(3 * size.Width * size.Height);
}
