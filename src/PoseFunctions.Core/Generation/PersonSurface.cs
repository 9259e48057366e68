using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation;

/// <summary>What is known of the person in every cell of a grid over a generated frame.</summary>
/// <param name="Size">Width and height of the grid.</param>
/// <param name="Visibility">The probability that a photo shows the point of the person's surface that lies there, 0 to 1, row by row.</param>
/// <param name="Person">The probability that the cell shows the person at all, 0 to 1.</param>
public record PersonSurface(ImageSize Size, float[] Visibility, float[] Person);
