namespace PoseFunctions.Core.Images;

/// <summary>Turns pictures by quarters.</summary>
public static class PhotoTurning
{
    /// <summary>A copy turned clockwise by so many quarters.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Turned(this RgbImage photo, int quarters)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var (width, height) = (photo.Size.Width, photo.Size.Height);
        var turned = RgbImage.Rent(photo.Size.Turned(quarters));
        for (var y = 0; y < turned.Size.Height; y++)
        {
            var row = turned.Row(y);
            for (var x = 0; x < turned.Size.Width; x++)
            {
                var (column, line) = (quarters & 3) switch
                {
                    1 => (y, height - 1 - x),
                    2 => (width - 1 - x, height - 1 - y),
                    3 => (width - 1 - y, x),
                    _ => (x, y),
                };
                photo.Row(line).Slice(3 * column, 3).CopyTo(row[(3 * x)..]);
            }
        }

        return turned;
    }

    /// <summary>The size of a picture that was turned by so many quarters.</summary>
    public static ImageSize Turned(this ImageSize size, int quarters) => (quarters & 1) == 1 ? new(size.Height, size.Width) : size;
}
