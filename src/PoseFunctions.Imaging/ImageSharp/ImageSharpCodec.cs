using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using ImageInfo = PoseFunctions.Core.Images.ImageInfo;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>
/// The managed codec, for those who cannot ship libvips. It neither reads nor writes AVIF, and refuses CMYK files, whose colours it
/// could only guess. ImageSharp has a licence of its own (Six Labors Split License).
/// </summary>
public sealed class ImageSharpCodec(IOptions<ImageLimits> limits) : IImageCodec
{
    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> encoded) => SharpHeaderReader.Read(encoded, limits.Value);

    /// <inheritdoc/>
    public RgbImage Decode(ReadOnlyMemory<byte> encoded, int? maxLongSide = null)
    {
        if (maxLongSide is { } side)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(maxLongSide));
        }

        return SharpDecoder.Decode(encoded, SharpHeaderReader.Read(encoded, limits.Value), maxLongSide);
    }

    /// <inheritdoc/>
    public RgbImage DecodeOwn(ReadOnlyMemory<byte> encoded) =>
        SharpDecoder.Decode(encoded, SharpHeaderReader.Read(encoded, ImageAdmission.Unlimited), maxLongSide: null);

    /// <inheritdoc/>
    public RgbImage Resize(RgbImage image, ImageSize size)
    {
        using var pixels = Image.LoadPixelData<Rgb24>(SharpLibrary.Configuration, image.Pixels, image.Size.Width, image.Size.Height);
        pixels.Mutate(step => step.Resize(size.Width, size.Height, KnownResamplers.Lanczos3));
        return SharpDecoder.ToRgb(pixels);
    }

    /// <inheritdoc/>
    /// <exception cref="InfrastructureException">The library failed, or the format cannot hold this size.</exception>
    public byte[] Encode(RgbImage image, EncodeOptions options)
    {
        try
        {
            return SharpEncoder.Encode(image, options);
        }
        catch (Exception failure) when (failure is ImageFormatException or ImageProcessingException or InvalidMemoryOperationException)
        {
            throw new InfrastructureException(
                $"Encoding {image.Size} as {options.Format.MediaType()} failed: {failure.Message}", isTransient: false, failure);
        }
    }
}
