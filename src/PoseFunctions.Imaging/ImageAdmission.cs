using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging;

/// <summary>What is refused before any pixel is decoded.</summary>
internal static class ImageAdmission
{
    /// <summary>Limits for files of our own, which have been through the real ones.</summary>
    public static readonly ImageLimits Unlimited = new() { MaxBytes = long.MaxValue, MaxPixels = long.MaxValue, MinSide = 1 };

    private const int ShownMagicBytes = 8;

    /// <summary>The format of a file of permitted length.</summary>
    /// <exception cref="RejectedException">It is too long, or of no known format.</exception>
    public static ImageFormat FormatOf(ReadOnlyMemory<byte> encoded, ImageLimits limits)
    {
        if (encoded.Length > limits.MaxBytes)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyBytes, $"The file has {encoded.Length} bytes; at most {limits.MaxBytes} are allowed.");
        }

        return ImageSignature.Detect(encoded.Span) ?? throw new RejectedException(
            FailureCodes.ImageFormatUnsupported,
            $"Expected a JPEG, PNG, WebP or AVIF file, found {Describe(encoded.Span)}.");
    }

    /// <summary>Refuses what the header promises too much or too little of.</summary>
    /// <exception cref="RejectedException">Frames, pixels or sides are outside the limits.</exception>
    public static void Enforce(ImageInfo info, ImageLimits limits)
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

    /// <summary>The refusal of a file whose header or content does not hold what it promises.</summary>
    public static RejectedException Unreadable(ImageFormat format, string reason) => new(
        FailureCodes.ImageUnreadable, $"The {format.MediaType()} file is damaged or truncated: {reason}");

    private static string Describe(ReadOnlySpan<byte> file) => file.IsEmpty
        ? "an empty file"
        : $"a file that begins with the bytes {Convert.ToHexString(file[..Math.Min(ShownMagicBytes, file.Length)])}";
}
