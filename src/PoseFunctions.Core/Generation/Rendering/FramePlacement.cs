using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>Which window of a photo fills the frame of a model.</summary>
/// <param name="Window">The window, in pixels of the photo.</param>
/// <param name="Frame">The model's native size.</param>
internal readonly record struct FramePlacement(FrameWindow Window, ImageSize Frame)
{
    /// <summary>The same part of the photo in the frame of another model.</summary>
    public FramePlacement Within(ImageSize native) => new(Window.Extended(native), native);

    /// <summary>A pose in photo pixels as a pose in the frame.</summary>
    public Pose ToFrame(Pose pose)
    {
        var placement = this;
        return pose.Map((x, y) =>
        {
            var (column, row) = placement.ToFrame(x, y);
            return ((float)column, (float)row);
        });
    }

    /// <summary>A pose in the frame as a pose in photo pixels.</summary>
    public Pose ToPhoto(Pose pose)
    {
        var placement = this;
        return pose.Map((x, y) =>
        {
            var (column, row) = placement.ToPhoto(x, y);
            return ((float)column, (float)row);
        });
    }

    /// <summary>A place in photo pixels as a place in the frame.</summary>
    public (double X, double Y) ToFrame(double x, double y) =>
        ((x - Window.X) * Frame.Width / Window.Width, (y - Window.Y) * Frame.Height / Window.Height);

    /// <summary>A place in the frame as a place in photo pixels, which may lie outside the photo.</summary>
    public (double X, double Y) ToPhoto(double x, double y) =>
        (Window.X + (x * Window.Width / Frame.Width), Window.Y + (y * Window.Height / Frame.Height));
}
