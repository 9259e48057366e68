using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>Finds the keypoints and body parts of the one person in a photo.</summary>
public interface IPersonParser
{
    /// <summary>Names and versions of the models; part of the key under which parsed photos are kept.</summary>
    string Version { get; }

    /// <summary>Confidence from which the keypoint model calls a joint found, in (0, 1).</summary>
    float MinimumConfidence { get; }

    /// <summary>Parses one upright photo of any size. Does not take ownership of <paramref name="photo"/>.</summary>
    Task<ParsedPerson> ParseAsync(RgbImage photo, CancellationToken cancellationToken);
}
