using PoseFunctions.Core.Models;

namespace PoseFunctions.Cli.Service;

/// <summary>A model that the service has.</summary>
internal sealed record ModelView
{
    public required string Name { get; init; }

    public string Version { get; init => field = value ?? ""; } = "";

    public ModelKind Kind { get; init; }

    /// <summary>What a generator can do; empty for other models.</summary>
    public IReadOnlyList<string> Can { get; init => field = value ?? []; } = [];

    public int NativeWidth { get; init; }

    public int NativeHeight { get; init; }

    public string Description { get; init => field = value ?? ""; } = "";
}
