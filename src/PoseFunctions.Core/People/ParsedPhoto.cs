using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>
/// What later stages need of a photo, in one piece: so that generating costs one read and no decoding of the original.
/// </summary>
/// <param name="PhotoSize">Size of the photo as it stands upright.</param>
/// <param name="Person">The person, in pixels of the upright photo.</param>
/// <param name="Surroundings">The person and what is around them.</param>
public sealed record ParsedPhoto(ImageSize PhotoSize, ParsedPerson Person, Surroundings Surroundings)
{
    /// <summary>How many people were found in the photo, at least 1.</summary>
    public int People { get; init; } = 1;

    /// <summary>
    /// By how many quarter turns clockwise the decoded photo was turned, so that the person stands upright; 0 to 3.
    /// </summary>
    public int Turns { get; init; }
}
