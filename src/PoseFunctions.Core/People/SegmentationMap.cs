using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>A body-part label for every cell of a grid that covers a region of a picture.</summary>
/// <param name="Size">Width and height of the map.</param>
/// <param name="Labels">Row by row, indices into <paramref name="LabelNames"/>.</param>
/// <param name="LabelNames">Names by index, as the parser's manifest has them; <c>background</c> first.</param>
/// <param name="LabelMeanings">
/// By index, which of our labels (<see cref="BodyPart.Names"/>) each may stand for; null where the names are ours.
/// </param>
public sealed record SegmentationMap(
    ImageSize Size, byte[] Labels, IReadOnlyList<string> LabelNames, IReadOnlyList<IReadOnlyList<string>>? LabelMeanings = null)
{
    /// <summary>The label at a place, given as fractions of width and height; background outside.</summary>
    public byte At(double across, double down) => across is >= 0 and < 1 && down is >= 0 and < 1
        ? Labels[((int)(down * Size.Height) * Size.Width) + (int)(across * Size.Width)]
        : (byte)0;
}
