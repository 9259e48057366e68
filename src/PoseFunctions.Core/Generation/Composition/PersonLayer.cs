using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>A generated person, ready to be laid over a picture.</summary>
/// <param name="Placement">Where the generated frame lies in the photo.</param>
/// <param name="Outline">How surely a cell of a grid over the frame shows the person, 0 to 1, row by row.</param>
/// <param name="OutlineSize">Width and height of that grid.</param>
/// <param name="Views">What each view of the person gives.</param>
internal sealed record PersonLayer(FramePlacement Placement, float[] Outline, ImageSize OutlineSize, IReadOnlyList<ViewLayer> Views)
{
    /// <summary>Reads the person's colour at a place in the generated frame: mixed where one view goes over into another.</summary>
    /// <param name="x">Column in pixels of the frame.</param>
    /// <param name="y">Row in pixels of the frame.</param>
    /// <param name="pixel">Overwritten.</param>
    /// <returns>How much of the pixel is the person's and not what is behind them, 0 to 1.</returns>
    public float Read(double x, double y, Span<byte> pixel)
    {
        if (Views is [var only])
        {
            return only.Read(x, y, pixel);
        }

        var (column, row) = (x * OutlineSize.Width / Placement.Frame.Width, y * OutlineSize.Height / Placement.Frame.Height);
        var (red, green, blue, person) = (0f, 0f, 0f, 0f);
        foreach (var view in Views)
        {
            if (BilinearSampling.Read(view.Shares, OutlineSize, column, row) is var share and > 0)
            {
                person += share * view.Read(x, y, pixel);
                (red, green, blue) = (red + (share * pixel[0]), green + (share * pixel[1]), blue + (share * pixel[2]));
            }
        }

        (pixel[0], pixel[1], pixel[2]) = ((byte)(red + 0.5f), (byte)(green + 0.5f), (byte)(blue + 0.5f));
        return person;
    }
}
