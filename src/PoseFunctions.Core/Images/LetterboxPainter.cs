namespace PoseFunctions.Core.Images;

/// <summary>Letterboxes pixels into a frame, and brings what came of it back to the photo's own size.</summary>
public static class LetterboxPainter
{
    /// <summary>The photo in a frame as <paramref name="box"/> places it; the rest takes the photo's border colour.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Fit(IImageCodec codec, RgbImage photo, Letterbox box) =>
        Fit(codec, photo, box, BorderColour(photo));

    /// <summary>The photo in a frame as <paramref name="box"/> places it; the rest takes the given colour.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Fit(IImageCodec codec, RgbImage photo, Letterbox box, (byte R, byte G, byte B) padding)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(photo.Size, box.Photo, nameof(photo));
        using var content = codec.Resize(photo, new(box.Content.Width, box.Content.Height));
        var frame = RgbImage.Rent(box.Frame);
        Fill(frame, padding);
        for (var y = 0; y < box.Content.Height; y++)
        {
            content.Row(y).CopyTo(frame.Row(box.Content.Y + y)[(3 * box.Content.X)..]);
        }

        return frame;
    }

    /// <summary>The part of <paramref name="frame"/> that holds the photo, resampled to <paramref name="size"/>.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Restore(IImageCodec codec, RgbImage frame, Letterbox box, ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Size, box.Frame, nameof(frame));
        using var content = frame.Crop(box.Content);
        return codec.Resize(content, size);
    }

    /// <summary>Median of the outermost pixels, channel by channel: the backdrop of a product photo.</summary>
    public static (byte R, byte G, byte B) BorderColour(RgbImage photo)
    {
        Span<int> counts = stackalloc int[3 * 256];
        counts.Clear();
        var total = 0;
        for (var y = 0; y < photo.Size.Height; y++)
        {
            var row = photo.Row(y);
            var step = y == 0 || y == photo.Size.Height - 1 ? 1 : Math.Max(1, photo.Size.Width - 1);
            for (var x = 0; x < photo.Size.Width; x += step)
            {
                counts[row[3 * x]]++;
                counts[256 + row[(3 * x) + 1]]++;
                counts[512 + row[(3 * x) + 2]]++;
                total++;
            }
        }

        return (Median(counts[..256], total), Median(counts[256..512], total), Median(counts[512..], total));
    }

    private static byte Median(ReadOnlySpan<int> counts, int total)
    {
        var level = 0;
        for (var seen = counts[0]; 2 * seen < total; seen += counts[level])
        {
            level++;
        }

        return (byte)level;
    }

    private static void Fill(RgbImage frame, (byte R, byte G, byte B) colour)
    {
        var first = frame.Row(0);
        for (var x = 0; x < frame.Size.Width; x++)
        {
            (first[3 * x], first[(3 * x) + 1], first[(3 * x) + 2]) = colour;
        }

        for (var y = 1; y < frame.Size.Height; y++)
        {
            first.CopyTo(frame.Row(y));
        }
    }
}
