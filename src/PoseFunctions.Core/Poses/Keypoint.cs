namespace PoseFunctions.Core.Poses;

/// <summary>
/// A joint's position in continuous pixel coordinates (pixel (0, 0) covers [0, 1), x right, y down) of whatever image the
/// pose belongs to. A confidence of 0 means missing; then the position says nothing.
/// </summary>
public readonly record struct Keypoint(float X, float Y, float Confidence = 1f)
{
    /// <summary>A joint that was not found or cannot be seen.</summary>
    public static Keypoint Missing => default;

    /// <summary>Whether there is no position.</summary>
    public bool IsMissing => Confidence <= 0f;
}
