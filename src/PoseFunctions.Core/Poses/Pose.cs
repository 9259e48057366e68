namespace PoseFunctions.Core.Poses;

/// <summary>One keypoint a joint, in channel order. Immutable.</summary>
public sealed class Pose
{
    private readonly Keypoint[] keypoints;

    /// <summary>A pose of exactly <see cref="Skeleton.JointCount"/> keypoints.</summary>
    /// <exception cref="ArgumentException">Another count, or a coordinate that is no finite number.</exception>
    public Pose(ReadOnlySpan<Keypoint> keypoints)
    {
        if (keypoints.Length != Skeleton.JointCount)
        {
            throw new ArgumentException($"A pose has {Skeleton.JointCount} keypoints, got {keypoints.Length}.", nameof(keypoints));
        }

        foreach (var keypoint in keypoints)
        {
            if (!float.IsFinite(keypoint.X) || !float.IsFinite(keypoint.Y) || !float.IsFinite(keypoint.Confidence))
            {
                throw new ArgumentException($"A keypoint must be finite, got {keypoint}.", nameof(keypoints));
            }
        }

        this.keypoints = keypoints.ToArray();
    }

    /// <summary>The keypoints in channel order.</summary>
    public ReadOnlySpan<Keypoint> Keypoints => keypoints;

    /// <summary>The keypoint of one joint.</summary>
    public Keypoint this[Joint joint] => keypoints[(int)joint];

    /// <summary>Number of joints that are not missing.</summary>
    public int PresentCount => keypoints.Count(keypoint => !keypoint.IsMissing);

    /// <summary>The pose with every present position mapped; confidences and missing joints stay.</summary>
    public Pose Map(Func<float, float, (float X, float Y)> map)
    {
        var mapped = new Keypoint[keypoints.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            var keypoint = keypoints[i];
            if (!keypoint.IsMissing)
            {
                var (x, y) = map(keypoint.X, keypoint.Y);
                mapped[i] = keypoint with { X = x, Y = y };
            }
        }

        return new(mapped);
    }
}
