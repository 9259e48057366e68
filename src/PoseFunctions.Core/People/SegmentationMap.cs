using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>A body-part label for every pixel of <paramref name="Size"/>, which may be smaller than the photo it covers.</summary>
/// <param name="Size">Width and height of the map.</param>
/// <param name="Labels">Row by row, indices into <paramref name="LabelNames"/>.</param>
/// <param name="LabelNames">Names by index, as the parser's manifest has them; <c>background</c> first.</param>
/// <param name="LabelMeanings">
/// By index, which of our labels (<see cref="BodyPart.Names"/>) each may stand for; null where the names are ours.
/// </param>
public sealed record SegmentationMap(
    ImageSize Size, byte[] Labels, IReadOnlyList<string> LabelNames, IReadOnlyList<IReadOnlyList<string>>? LabelMeanings = null);
