using Microsoft.Extensions.Options;
using NetVips;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders;
using PoseFunctions.Imaging.Encoders;

namespace PoseFunctions.Imaging;

/// <summary>The codec for what comes in and goes out: libvips, set up when the first codec is made.</summary>
public sealed class ImageCodec : IImageCodec
{
    private readonly ImageLimits limits;

    /// <summary>A codec with these limits.</summary>
    /// <exception cref="MissingDependencyException">libvips is not installed; the message says how to get it.</exception>
    public ImageCodec(IOptions<ImageLimits> limits)
    {
        _ = LibVips.Version;
        this.limits = limits.Value;
    }

    /// <summary>Version of the native library, for logs and health.</summary>
    public static Version NativeVersion => LibVips.Version;

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> encoded) => HeaderReader.Read(encoded, limits);

    /// <inheritdoc/>
    public RgbImage Decode(ReadOnlyMemory<byte> encoded, int? maxLongSide = null)
    {
        if (maxLongSide is { } side)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(maxLongSide));
        }

        return ImageDecoder.Decode(encoded, HeaderReader.Read(encoded, limits), maxLongSide);
    }

    /// <inheritdoc/>
    public RgbImage DecodeOwn(ReadOnlyMemory<byte> encoded) =>
        ImageDecoder.Decode(encoded, HeaderReader.Read(encoded, ImageAdmission.Unlimited), maxLongSide: null);

    /// <inheritdoc/>
    /// <exception cref="InfrastructureException">The native library failed.</exception>
    public RgbImage Resize(RgbImage image, ImageSize size)
    {
        try
        {
            using var source = Pixels.Wrap(image);
            using var resized = Pixels.Resize(source, size);
            return Pixels.Render(resized);
        }
        catch (VipsException failure)
        {
            throw new InfrastructureException($"Resizing {image.Size} to {size} failed.", isTransient: false, failure);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InfrastructureException">The native library failed, or the format cannot hold this size.</exception>
    public byte[] Encode(RgbImage image, EncodeOptions options)
    {
        try
        {
            return ImageEncoder.Encode(image, options);
        }
        catch (VipsException failure)
        {
            throw new InfrastructureException(
                $"Encoding {image.Size} as {options.Format.MediaType()} failed.", isTransient: false, failure);
        }
    }
}
