namespace PoseFunctions.Cli.Service;

internal sealed record PoseList(IReadOnlyList<PoseView> Poses);
