using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Api.Jobs;

/// <summary>A photo as a caller sent it.</summary>
/// <param name="FileName">The caller's name for it: data, never a path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">Opens the bytes from their start, as often as needed.</param>
public sealed record SubmittedPhoto(string FileName, long Length, Func<Stream> Open)
{
    /// <summary>Refuses what is too large, or no photo by its first bytes.</summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.ImageTooManyBytes"/> or <see cref="FailureCodes.ImageFormatUnsupported"/>.
    /// </exception>
    public async Task CheckAsync(ImageLimits limits, CancellationToken cancellationToken)
    {
        if (Length > limits.MaxBytes)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyBytes, $"The photo has {Length} bytes; at most {limits.MaxBytes} are allowed.");
        }

        var start = new byte[ImageSignature.Length];
        await using var content = Open();
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (ImageSignature.Detect(start.AsSpan(0, read)) is null)
        {
            throw new RejectedException(
                FailureCodes.ImageFormatUnsupported, "The file is no JPEG, PNG, WebP or AVIF, whatever its name says.");
        }
    }
}
