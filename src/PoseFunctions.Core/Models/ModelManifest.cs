using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Models;

/// <summary>Everything that is known about one model; see <c>docs/model-manifest.md</c>.</summary>
public sealed record ModelManifest
{
    public required int SchemaVersion { get; init; }

    /// <summary>Lower-case name by which jobs and settings choose the model.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version.</summary>
    public required string Version { get; init; }

    /// <summary>Generator, or the network for a step that comes before one.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Name of the published design.</summary>
    public required string Architecture { get; init; }

    /// <summary>Graph file, beside the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the graph file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required int Opset { get; init; }

    /// <summary>SPDX identifier.</summary>
    public required string License { get; init; }

    /// <summary>One sentence: what it was trained on and is good for.</summary>
    public required string Description { get; init; }

    /// <summary>Native height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Native width in pixels.</summary>
    public required int Width { get; init; }

    public required IReadOnlyList<TensorSpecification> Inputs { get; init; }

    public required IReadOnlyList<TensorSpecification> Outputs { get; init; }

    /// <summary>Joint order and heatmap sigma; null for models that neither find joints nor are fed any.</summary>
    public KeypointSpecification? Keypoints { get; init; }

    /// <summary>Label names in channel order, background first: of a model's scores, or of the maps that it is fed.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>
    /// For names of <see cref="Labels"/>, those of our own (<see cref="BodyPart"/>): the ones that a label merges of a
    /// model that is fed maps, or the ones that a parser's label may stand for.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? LabelMapping { get; init; }

    /// <summary>The graph that describes a photo by latents, of generators that come as two graphs; null for others.</summary>
    public EncoderSpecification? Encoder { get; init; }

    /// <summary>How a photo is brought to the native size.</summary>
    public required PhotoFit Fit { get; init; }

    /// <summary>
    /// Margin round the person, as a fraction: a side of the box for <see cref="PhotoFit.PersonSquare"/>, of the whole square for
    /// <see cref="PhotoFit.UprightSquare"/>.
    /// </summary>
    public float? FitMargin { get; init; }

    /// <summary>How outputs are read; null for generators.</summary>
    public DecoderSpecification? Decoder { get; init; }

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>The command that measures <see cref="Metrics"/>.</summary>
    public string? MetricsCommand { get; init; }

    /// <summary>Recorded inputs and outputs.</summary>
    public GoldenSpecification? Golden { get; init; }

    /// <summary>Faster builds of the graph, the fastest first; null where there are none.</summary>
    public IReadOnlyList<ModelVariant>? Variants { get; init; }

    /// <summary>Native width and height.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImageSize NativeSize => new(Width, Height);

    /// <summary>For every label those of ours that it may stand for; null where the manifest maps none.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? LabelMeanings() => LabelMapping is { } mapping
        ? [.. Labels!.Select(label => mapping.GetValueOrDefault(label) ?? [label])]
        : null;
}
