using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>A parsing map as a model takes it: at its native size, in its own labels.</summary>
/// <param name="Size">The model's native size.</param>
/// <param name="Labels">Row by row, indices into the labels of the model's manifest; 0 is the background.</param>
public sealed record LabelMap(ImageSize Size, byte[] Labels);
