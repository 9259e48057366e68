namespace PoseFunctions.Core.Images;

/// <summary>
/// Fits a photo into a frame of another aspect ratio: scaled to the largest size that fits, centred, the rest padded.
/// Maps points of the photo into the frame, in continuous coordinates where pixel (0, 0) covers [0, 1).
/// </summary>
public readonly record struct Letterbox
{
    /// <summary>Fits <paramref name="photo"/> into <paramref name="frame"/>.</summary>
    public Letterbox(ImageSize photo, ImageSize frame)
    {
        Photo = photo;
        Frame = frame;
        var scale = Math.Min((double)frame.Width / photo.Width, (double)frame.Height / photo.Height);
        var width = Math.Clamp((int)Math.Round(photo.Width * scale), 1, frame.Width);
        var height = Math.Clamp((int)Math.Round(photo.Height * scale), 1, frame.Height);
        Content = new((frame.Width - width) / 2, (frame.Height - height) / 2, width, height);
    }

    /// <summary>Size of the photo.</summary>
    public ImageSize Photo { get; }

    /// <summary>Size of the frame.</summary>
    public ImageSize Frame { get; }

    /// <summary>Where the photo lies in the frame.</summary>
    public PixelRectangle Content { get; }

    /// <summary>Frame pixels per photo pixel, horizontally and vertically (equal up to rounding).</summary>
    public (double X, double Y) Scale => ((double)Content.Width / Photo.Width, (double)Content.Height / Photo.Height);

    /// <summary>Photo coordinates to frame coordinates.</summary>
    public (float X, float Y) ToFrame(float x, float y) =>
        ((float)((x * Scale.X) + Content.X), (float)((y * Scale.Y) + Content.Y));
}
