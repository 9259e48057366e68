using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>
/// What later stages need of a photo, in one piece: so that generating costs one read and no decoding of the original.
/// </summary>
/// <param name="PhotoSize">Upright size of the photo.</param>
/// <param name="Person">Keypoints in photo pixels, and body parts.</param>
/// <param name="WorkingImage">The photo as PNG, shrunk to a long side of at most <see cref="WorkingLongSide"/>.</param>
public sealed record ParsedPhoto(ImageSize PhotoSize, ParsedPerson Person, byte[] WorkingImage)
{
    /// <summary>Long side of the working image in pixels; above every shipped generator's native size.</summary>
    public const int WorkingLongSide = 512;
}
