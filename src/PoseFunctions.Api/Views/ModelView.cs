using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Api.Views;

/// <summary>An installed model.</summary>
public sealed record ModelView
{
    /// <summary>By which jobs choose a generator.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required ModelKind Kind { get; init; }

    /// <summary>Name of the published design.</summary>
    public required string Architecture { get; init; }

    public required string Description { get; init; }

    /// <summary>SPDX identifier.</summary>
    public required string License { get; init; }

    public required int NativeWidth { get; init; }

    public required int NativeHeight { get; init; }

    /// <summary>Roles of the inputs: what the model needs to be told.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>What a generator can do: <c>poseTransfer</c>, <c>subjectTransfer</c>, <c>severalSources</c>; null for other models.</summary>
    public IReadOnlyList<string>? Can { get; init; }

    /// <summary>Whether a generator's images depend on a seed; null for other models.</summary>
    public bool? TakesSeed { get; init; }

    /// <summary>Labels of the parsing maps that a model finds, predicts or is fed, background first; null for other models.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>A model as its manifest describes it.</summary>
    public static ModelView From(ModelManifest manifest)
    {
        var abilities = GeneratorAbilities.Of(manifest);
        var isGenerator = manifest.Kind == ModelKind.Generator;
        return new()
        {
            Name = manifest.Name,
            Version = manifest.Version,
            Kind = manifest.Kind,
            Architecture = manifest.Architecture,
            Description = manifest.Description,
            License = manifest.License,
            NativeWidth = manifest.Width,
            NativeHeight = manifest.Height,
            Needs = abilities.Needs,
            Can = isGenerator ? Names(abilities) : null,
            TakesSeed = isGenerator ? abilities.IsStochastic : null,
            Labels = manifest.Labels,
            Metrics = manifest.Metrics,
        };
    }

    private static string[] Names(GeneratorAbilities abilities) =>
    [
        .. abilities.CanTransferPoses ? ["poseTransfer"] : Array.Empty<string>(),
        .. abilities.CanTransferSubjects ? ["subjectTransfer"] : Array.Empty<string>(),
        .. abilities.TakesSeveralSources ? ["severalSources"] : Array.Empty<string>(),
    ];
}
