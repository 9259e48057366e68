using System.Buffers.Binary;
using System.Collections.Concurrent;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>The simplest picture format there is: "RAW1", width, height, pixels. Resizes to the nearest pixel.</summary>
/// <param name="minSide">Pictures that come in must have at least this many pixels on their shorter side.</param>
internal sealed class RawCodec(int minSide = 1) : IImageCodec
{
    private const int HeaderLength = 12;

    /// <summary>How everything was asked to be encoded.</summary>
    public ConcurrentQueue<EncodeOptions> Encoded { get; } = new();

    public static byte[] Picture(int width, int height, byte shade)
    {
        using var image = RgbImage.Rent(new(width, height));
        image.Pixels.Fill(shade);
        return Write(image);
    }

    public ImageInfo Identify(ReadOnlyMemory<byte> encoded)
    {
        var size = encoded.Length > HeaderLength && encoded.Span.StartsWith("RAW1"u8)
            ? Size(encoded.Span)
            : throw new RejectedException(FailureCodes.ImageFormatUnsupported, "No raw picture.");
        return Math.Min(size.Width, size.Height) >= minSide
            ? new(ImageFormat.Png, size, Frames: 1, Orientation: 1)
            : throw new RejectedException(FailureCodes.ImageTooSmall, $"Only {size}.");
    }

    public RgbImage DecodeOwn(ReadOnlyMemory<byte> encoded) => RgbImage.CopyOf(Size(encoded.Span), encoded.Span[HeaderLength..]);

    public RgbImage Decode(ReadOnlyMemory<byte> encoded, int? maxLongSide = null)
    {
        var size = Identify(encoded).Size;
        var image = RgbImage.CopyOf(size, encoded.Span[HeaderLength..]);
        if (maxLongSide is not { } longest || size.LongSide <= longest)
        {
            return image;
        }

        using (image)
        {
            return Resize(image, size.WithLongSide(longest));
        }
    }

    public RgbImage Resize(RgbImage image, ImageSize size)
    {
        var resized = RgbImage.Rent(size);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                image.Row(y * image.Size.Height / size.Height).Slice(3 * (x * image.Size.Width / size.Width), 3).CopyTo(resized.Row(y)[(3 * x)..]);
            }
        }

        return resized;
    }

    public byte[] Encode(RgbImage image, EncodeOptions options)
    {
        Encoded.Enqueue(options);
        return Write(image);
    }

    private static byte[] Write(RgbImage image)
    {
        var bytes = new byte[HeaderLength + image.Pixels.Length];
        "RAW1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), image.Size.Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), image.Size.Height);
        image.Pixels.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    private static ImageSize Size(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
}
