using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>How much of a result was seen and not invented.</summary>
internal static class Coverage
{
    private const float Even = 0.5f;

    /// <summary>The share of the person's area inside the photo that some view shows, 0 to 1; 0 where no person is.</summary>
    public static double Of(PersonSurface surface, FramePlacement placement, ImageSize photo)
    {
        var (person, seen) = (0, 0);
        for (var cell = 0; cell < surface.Person.Length; cell++)
        {
            var (x, y) = placement.ToPhoto(
                ((cell % surface.Size.Width) + 0.5) * placement.Frame.Width / surface.Size.Width,
                ((cell / surface.Size.Width) + 0.5) * placement.Frame.Height / surface.Size.Height);
            if (surface.Person[cell] >= Even && x >= 0 && y >= 0 && x < photo.Width && y < photo.Height)
            {
                person++;
                seen += surface.Visibility[cell] >= Even ? 1 : 0;
            }
        }

        return person == 0 ? 0 : (double)seen / person;
    }
}
