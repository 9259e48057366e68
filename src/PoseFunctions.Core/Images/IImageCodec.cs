using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Images;

/// <summary>Bytes to pixels and back. Calls are synchronous CPU work and safe from any thread.</summary>
public interface IImageCodec
{
    /// <summary>Reads the header only and enforces <see cref="ImageLimits"/>.</summary>
    /// <exception cref="RejectedException">Format, size, frame count or content is refused; the code says which.</exception>
    ImageInfo Identify(ReadOnlyMemory<byte> encoded);

    /// <summary>
    /// Decodes to upright sRGB: limits first, then EXIF orientation, ICC profile to sRGB, alpha over white.
    /// </summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="maxLongSide">When given, the result is shrunk (never enlarged) so that its long side is at most this.</param>
    /// <returns>An image that the caller disposes.</returns>
    /// <exception cref="RejectedException">As <see cref="Identify"/>, and for damaged or truncated content.</exception>
    RgbImage Decode(ReadOnlyMemory<byte> encoded, int? maxLongSide = null);

    /// <summary>Decodes what <see cref="Encode"/> wrote. <see cref="ImageLimits"/> are for what comes in, and do not apply.</summary>
    /// <returns>An image that the caller disposes.</returns>
    /// <exception cref="RejectedException">The content is damaged.</exception>
    RgbImage DecodeOwn(ReadOnlyMemory<byte> encoded);

    /// <summary>Resamples to exactly <paramref name="size"/> with an antialiasing filter.</summary>
    /// <returns>An image that the caller disposes.</returns>
    RgbImage Resize(RgbImage image, ImageSize size);

    /// <summary>Encodes without any metadata but the provenance mark.</summary>
    /// <exception cref="RejectedException">This codec cannot write the format.</exception>
    byte[] Encode(RgbImage image, EncodeOptions options);
}
