using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>Finds people in photos, and the keypoints and body parts of one of them. Takes no photo over.</summary>
public interface IPersonParser
{
    /// <summary>Names and versions of the models; part of the key under which parsed photos are kept.</summary>
    string Version { get; }

    /// <summary>Confidence from which a joint counts as found, in (0, 1).</summary>
    float MinimumConfidence { get; }

    /// <summary>Everybody in a photo of any size, whichever way up they are; the surest first, none where nobody is found.</summary>
    Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken);

    /// <summary>Parses the one person in a square of the photo.</summary>
    Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken);
}
