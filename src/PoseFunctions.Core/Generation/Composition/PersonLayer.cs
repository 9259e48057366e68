using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>A generated person, ready to be laid over a picture.</summary>
/// <param name="Image">The generated frame.</param>
/// <param name="Placement">Where the frame lies in the photo.</param>
/// <param name="Outline">How surely a cell of a grid over the frame shows the person, 0 to 1, row by row.</param>
/// <param name="OutlineSize">Width and height of that grid.</param>
/// <param name="Detail">What gives the person the photo's own pixels; null where nothing is known of where they come from.</param>
internal sealed record PersonLayer(
    RgbImage Image, FramePlacement Placement, float[] Outline, ImageSize OutlineSize, PhotoDetail? Detail);
