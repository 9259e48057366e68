using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>An upright rectangle of a photo, in continuous pixels, that a generator sees or paints; may reach beyond the photo.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal readonly record struct FrameWindow(double X, double Y, double Width, double Height)
{
    /// <summary>Free room round a person on every side, as a share of the person's height.</summary>
    private const double Margin = 0.06;

    /// <summary>The window of a frame's aspect ratio with a person in its middle.</summary>
    public static FrameWindow Around(PersonBox person, ImageSize frame)
    {
        var margin = Margin * person.Height;
        var window = new FrameWindow(person.X - margin, person.Y - margin, person.Width + (2 * margin), person.Height + (2 * margin));
        return window.Extended(frame);
    }

    /// <summary>The smallest window of a frame's aspect ratio round the same middle that holds this one.</summary>
    public FrameWindow Extended(ImageSize frame)
    {
        var aspect = (double)frame.Width / frame.Height;
        var (width, height) = (Math.Max(Width, Height * aspect), Math.Max(Height, Width / aspect));
        return new(X - ((width - Width) / 2), Y - ((height - Height) / 2), width, height);
    }

    /// <summary>Whether a box lies wholly inside.</summary>
    public bool Holds(PersonBox box) => box.X >= X && box.Y >= Y && box.Right <= X + Width && box.Bottom <= Y + Height;
}
