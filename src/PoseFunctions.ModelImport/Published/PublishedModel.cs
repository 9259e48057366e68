using PoseFunctions.Core.Models;
using PoseFunctions.ModelImport.Conversion;

namespace PoseFunctions.ModelImport.Published;

/// <summary>A model that somebody else published, and what its manifest says of it that its file does not.</summary>
internal sealed record PublishedModel
{
    /// <summary>Name of the model and of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the package.</summary>
    public required string Version { get; init; }

    /// <summary>The file in the package.</summary>
    public required string PackageFile { get; init; }

    /// <summary>SHA-256 of <see cref="PackageFile"/>, lower-case hex.</summary>
    public required string PackageSha256 { get; init; }

    /// <summary>SPDX identifier.</summary>
    public required string License { get; init; }

    public required string Architecture { get; init; }

    public required string Description { get; init; }

    public required ModelKind Kind { get; init; }

    /// <summary>Mean of 8-bit values of the input, the same for all channels.</summary>
    public required float Mean { get; init; }

    /// <summary>Divisor after the mean.</summary>
    public required float Std { get; init; }

    public required IReadOnlyList<PublishedOutput> Outputs { get; init; }

    public required PhotoFit Fit { get; init; }

    public float? FitMargin { get; init; }

    public required DecoderSpecification Decoder { get; init; }

    public KeypointSpecification? Keypoints { get; init; }

    /// <summary>The manifest of the converted model.</summary>
    /// <param name="converted">The model, with <see cref="Outputs"/> in their order.</param>
    /// <param name="file">Its file.</param>
    /// <param name="sha256">The file's SHA-256.</param>
    public ModelManifest Describe(ConvertedModel converted, string file, string sha256) => new()
    {
        SchemaVersion = ModelManifestJson.SchemaVersion,
        Name = Name,
        Version = Version,
        Kind = Kind,
        Architecture = Architecture,
        File = file,
        Sha256 = sha256,
        Opset = Onnx.OnnxGraph.Opset,
        License = License,
        Description = Description,
        Height = converted.Input[1],
        Width = converted.Input[2],
        Inputs = [Tensors.Image(converted.Input, Mean, Std)],
        Outputs = [.. Outputs.Zip(converted.Outputs, (output, item) => Tensors.Of(output.Name, output.Role, item))],
        Keypoints = Keypoints,
        Fit = Fit,
        FitMargin = FitMargin,
        Decoder = Decoder,
    };
}
