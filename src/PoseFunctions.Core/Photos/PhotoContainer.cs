namespace PoseFunctions.Core.Photos;

/// <summary>The two places for photos that callers write to.</summary>
public enum PhotoContainer
{
    /// <summary>Photos that become jobs: container <c>uploads</c>.</summary>
    Uploads,

    /// <summary>Photos that jobs name beside their own, for poses, as scene or as further photos of the person: container <c>pose-photos</c>.</summary>
    PosePhotos,
}
