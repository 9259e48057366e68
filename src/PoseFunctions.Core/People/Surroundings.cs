using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>A part of a photo at a size that generators work with.</summary>
/// <param name="Area">Which part of the upright photo it is, in pixels of the photo.</param>
/// <param name="Picture">That part as PNG, its long side at most <see cref="LongSide"/> pixels.</param>
public sealed record Surroundings(PixelRectangle Area, byte[] Picture)
{
    /// <summary>Longest side of the picture in pixels; above twice every shipped generator's native size.</summary>
    public const int LongSide = 640;

    /// <summary>How far beyond the person the area reaches on every side, as a share of the larger side of the person's box.</summary>
    private const double Reach = 0.5;

    /// <summary>The area round a person.</summary>
    public static PixelRectangle AreaAround(PersonBox person, ImageSize photo)
    {
        var reach = Reach * Math.Max(person.Width, person.Height);
        var (left, top) = (Start(person.X - reach), Start(person.Y - reach));
        var (right, bottom) = (End(person.Right + reach, photo.Width), End(person.Bottom + reach, photo.Height));
        return new(left, top, right - left, bottom - top);

        static int Start(double edge) => (int)Math.Floor(Math.Max(edge, 0));
        static int End(double edge, int length) => (int)Math.Ceiling(Math.Min(edge, length));
    }
}
