namespace PoseFunctions.Core.Photos;

/// <summary>The two places for photos that callers write to.</summary>
public enum PhotoContainer
{
    /// <summary>Photos that become jobs: container <c>uploads</c>.</summary>
    Uploads,

    /// <summary>Photos from which only target poses are taken: container <c>pose-photos</c>.</summary>
    PosePhotos,
}
