using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Reads what a file says about itself, and refuses it before any pixel is decoded.</summary>
internal static class HeaderReader
{
    private const int ShownMagicBytes = 8;

    public static ImageInfo Read(ReadOnlyMemory<byte> encoded, ImageLimits limits)
    {
        if (encoded.Length > limits.MaxBytes)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyBytes, $"The file has {encoded.Length} bytes; at most {limits.MaxBytes} are allowed.");
        }

        var format = ImageSignature.Detect(encoded.Span) ?? throw new RejectedException(
            FailureCodes.ImageFormatUnsupported,
            $"Expected a JPEG, PNG, WebP or AVIF file, found {Describe(encoded.Span)}.");
        var info = ReadHeader(encoded, format);
        Enforce(info, limits);
        return info;
    }

    private static ImageInfo ReadHeader(ReadOnlyMemory<byte> encoded, ImageFormat format)
    {
        try
        {
            using var pinned = new PinnedMemory(encoded);
            using var header = ImageLoader.Open(pinned, format, Shrink.None);
            var frames = format == ImageFormat.Avif && ImageSignature.IsAvifSequence(encoded.Span)
                ? Math.Max(2, header.PageCount)
                : header.PageCount;
            return new(format, new(header.Width, header.Height), frames, header.Orientation);
        }
        catch (VipsException failure)
        {
            throw ImageLoader.Unreadable(format, failure);
        }
    }

    private static void Enforce(ImageInfo info, ImageLimits limits)
    {
        if (info.Frames > 1)
        {
            throw new RejectedException(
                FailureCodes.ImageNotSingleFrame, $"The file holds {info.Frames} frames; one is expected.");
        }

        if (info.Size.Pixels > limits.MaxPixels)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyPixels, $"The picture is {info.Size}; at most {limits.MaxPixels} pixels are allowed.");
        }

        if (Math.Min(info.Size.Width, info.Size.Height) < limits.MinSide)
        {
            throw new RejectedException(
                FailureCodes.ImageTooSmall, $"The picture is {info.Size}; both sides must have at least {limits.MinSide} pixels.");
        }
    }

    private static string Describe(ReadOnlySpan<byte> file) => file.IsEmpty
        ? "an empty file"
        : $"a file that begins with the bytes {Convert.ToHexString(file[..Math.Min(ShownMagicBytes, file.Length)])}";
}
