namespace PoseFunctions.Cli.Service;

/// <summary>A pose of the service's library.</summary>
internal sealed record PoseView
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>18 joints in channel order, each <c>[x, y]</c> or null, as fractions of the body height from the middle of the hips.</summary>
    public IReadOnlyList<float[]?> Keypoints { get; init => field = value ?? []; } = [];
}
