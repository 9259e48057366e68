using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Requests;

/// <summary>One target pose. Exactly one of the three properties is given.</summary>
public sealed record TargetPose
{
    /// <summary>Name of a pose of the library.</summary>
    public string? Pose { get; init; }

    /// <summary>
    /// Name of a photo in the pose-photos container (without the tenant) from which the pose is taken.
    /// </summary>
    public string? Photo { get; init; }

    /// <summary>
    /// The 18 keypoints in joint order, each <c>[x, y]</c> or null for missing, as fractions of the photo's width and height.
    /// </summary>
    public IReadOnlyList<float[]?>? Keypoints { get; init; }

    /// <summary>Whether a keypoint is missing: null, or <c>[0, 0]</c>, which is how pose estimators write it.</summary>
    public static bool IsMissing(float[]? point) => point is null or [0, 0];

    /// <summary>How records name this target.</summary>
    [JsonIgnore]
    public string DisplayName => Pose ?? (Photo is not null ? "photo" : "keypoints");
}
