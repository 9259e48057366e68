namespace PoseFunctions.Core.Images;

/// <summary>Width and height in pixels, both at least 1 for any real image.</summary>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>Number of pixels; 64-bit, because headers may claim anything.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>The longer of the two sides.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>The largest size of the same aspect ratio whose long side is <paramref name="longSide"/>.</summary>
    public ImageSize WithLongSide(int longSide)
    {
        var scale = (double)longSide / LongSide;
        return new(
            Math.Max(1, (int)Math.Round(Width * scale)),
            Math.Max(1, (int)Math.Round(Height * scale)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}";
}
