using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation;

/// <summary>
/// For every cell of a grid over the generated frame: where in the source frame the same point of the person's surface lies, and
/// whether the source shows it.
/// </summary>
/// <param name="Size">Width and height of the grid.</param>
/// <param name="X">Column in the source frame as a fraction of its width, row by row; 0 and 1 are the outer edges.</param>
/// <param name="Y">Row in the source frame as a fraction of its height.</param>
/// <param name="Visibility">The probability that the source shows the point, 0 to 1.</param>
/// <param name="Person">The probability that the cell shows the person at all, 0 to 1.</param>
public sealed record SurfaceFlow(ImageSize Size, float[] X, float[] Y, float[] Visibility, float[] Person)
    : PersonSurface(Size, Visibility, Person);
