namespace PoseFunctions.Cli.Service;

internal sealed record ModelList(IReadOnlyList<ModelView> Models);
