using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>
/// How much a decoder may shrink while it decodes: far cheaper than decoding all pixels and discarding them. JPEG can halve up
/// to three times, WebP scales by any factor; the others decode fully.
/// </summary>
internal readonly record struct Shrink(int Factor)
{
    // What the decoder leaves to the resampler: its own box filter alone would alias, so keep at least this factor.
    private const double LeftToResampler = 2;
    private const int LargestFactor = 8;

    public static Shrink None => new(1);

    /// <summary>The largest shrink by a power of two from which <paramref name="target"/> can still be resampled well.</summary>
    public static Shrink For(ImageSize stored, ImageSize target)
    {
        var ratio = (double)stored.LongSide / target.LongSide;
        var factor = 1;
        while (factor < LargestFactor && ratio >= 2 * factor * LeftToResampler)
        {
            factor *= 2;
        }

        return new(factor);
    }
}
