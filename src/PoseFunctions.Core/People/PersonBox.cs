using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>An upright rectangle round a person, in continuous photo pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width, above 0.</param>
/// <param name="Height">Height, above 0.</param>
public readonly record struct PersonBox(double X, double Y, double Width, double Height)
{
    /// <summary>Column of the right edge.</summary>
    public double Right => X + Width;

    /// <summary>Row of the lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>Column of the middle.</summary>
    public double CenterX => X + (Width / 2);

    /// <summary>Row of the middle.</summary>
    public double CenterY => Y + (Height / 2);

    /// <summary>Area in pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The smallest box that holds both.</summary>
    public PersonBox Union(PersonBox other) => Between(
        Math.Min(X, other.X), Math.Min(Y, other.Y), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>The part inside a photo; null where there is none.</summary>
    public PersonBox? Within(ImageSize photo)
    {
        var inside = Between(Math.Max(X, 0), Math.Max(Y, 0), Math.Min(Right, photo.Width), Math.Min(Bottom, photo.Height));
        return inside is { Width: > 0, Height: > 0 } ? inside : null;
    }

    /// <summary>The area that both have in common, as a share of the area that either has; 0 to 1.</summary>
    public double Overlap(PersonBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var common = width * height;
        return common / (Area + other.Area - common);
    }

    /// <summary>The box between two corners.</summary>
    public static PersonBox Between(double left, double top, double right, double bottom) => new(left, top, right - left, bottom - top);
}
