using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>Where a photo lies in the frame of a model: letterboxed to the native size.</summary>
/// <param name="Photo">Size of the photo.</param>
/// <param name="Box">The letterbox of the photo, or of a copy of any size.</param>
internal readonly record struct FramePlacement(ImageSize Photo, Letterbox Box)
{
    /// <summary>Where the same photo lies in the frame of another model.</summary>
    public FramePlacement Within(ImageSize native) => this with { Box = new(Box.Photo, native) };

    /// <summary>A pose in photo pixels as a pose in the frame.</summary>
    public Pose ToFrame(Pose pose)
    {
        var box = Box;
        var (x, y) = ((float)box.Photo.Width / Photo.Width, (float)box.Photo.Height / Photo.Height);
        return pose.Map((px, py) => box.ToFrame(px * x, py * y));
    }

    /// <summary>A place in photo pixels as a place in the frame.</summary>
    public (double X, double Y) ToFrame(double x, double y)
    {
        var content = Box.Content;
        return ((x * content.Width / Photo.Width) + content.X, (y * content.Height / Photo.Height) + content.Y);
    }

    /// <summary>A place in the frame as a place in photo pixels, outside the photo where padding is.</summary>
    public (double X, double Y) ToPhoto(double x, double y)
    {
        var content = Box.Content;
        return ((x - content.X) * Photo.Width / content.Width, (y - content.Y) * Photo.Height / content.Height);
    }
}
