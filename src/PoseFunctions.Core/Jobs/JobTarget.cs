namespace PoseFunctions.Core.Jobs;

/// <summary>One target pose of a job and what became of it.</summary>
public sealed record JobTarget
{
    /// <summary>How a target is named that is the scene of another photo.</summary>
    public const string SceneName = "scene";

    /// <summary>Position in the request, from 0; part of the result's name.</summary>
    public required int Index { get; init; }

    /// <summary>Name of the library pose, <c>photo</c>, <c>keypoints</c> or <c>scene</c>.</summary>
    public required string Name { get; init; }

    public TargetState State { get; init; }

    /// <summary>The result; null unless succeeded.</summary>
    public JobResult? Result { get; init; }

    /// <summary>Why there is none; null unless failed.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>Keypoints taken from another photo when it was parsed: x, y, confidence for every joint, in pixels of that photo.</summary>
    public float[]? PhotoKeypoints { get; init; }

    /// <summary>Content hash of that photo's decoded pixels.</summary>
    public string? PhotoPixelHash { get; init; }
}
