using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>How much of a result was seen and not invented.</summary>
internal static class Coverage
{
    private const float Even = 0.5f;

    /// <summary>The share of the person's area inside the photo that the source shows, 0 to 1; 0 where no person is.</summary>
    public static double Of(SurfaceFlow flow, FramePlacement placement, ImageSize photo)
    {
        var (person, seen) = (0, 0);
        for (var cell = 0; cell < flow.Person.Length; cell++)
        {
            var (x, y) = placement.ToPhoto(
                ((cell % flow.Size.Width) + 0.5) * placement.Frame.Width / flow.Size.Width,
                ((cell / flow.Size.Width) + 0.5) * placement.Frame.Height / flow.Size.Height);
            if (flow.Person[cell] >= Even && x >= 0 && y >= 0 && x < photo.Width && y < photo.Height)
            {
                person++;
                seen += flow.Visibility[cell] >= Even ? 1 : 0;
            }
        }

        return person == 0 ? 0 : (double)seen / person;
    }
}
