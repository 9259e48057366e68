using PoseFunctions.Core.Models;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>Manifests as models have them.</summary>
internal static class AManifest
{
    public static ModelManifest Generator(string name) => Of(name, ModelKind.Generator) with
    {
        Inputs = [Tensor(TensorRoles.SourceImage), Tensor(TensorRoles.SourcePose), Tensor(TensorRoles.TargetPose)],
        Metrics = new Dictionary<string, double> { ["pckh"] = 0.97 },
    };

    /// <summary>A generator that carries the photo's own pixels over, and so tells what the photo shows of a pose.</summary>
    public static ModelManifest Carrying(string name) => Generator(name) with
    {
        Outputs = [Tensor(TensorRoles.GeneratedImage), Tensor(TensorRoles.Flow), Tensor(TensorRoles.Visibility), Tensor(TensorRoles.TargetParsing)],
    };

    /// <summary>A stochastic generator of two graphs, which can put people into other photos' scenes.</summary>
    public static ModelManifest TwoGraphs(string name) => Of(name, ModelKind.Generator) with
    {
        Inputs = [Tensor(TensorRoles.Latents), Tensor(TensorRoles.TargetParsing), Tensor(TensorRoles.Noise)],
        Labels = ["background", "person"],
        Encoder = new()
        {
            File = "encoder.onnx",
            Sha256 = new('1', 64),
            Inputs = [Tensor(TensorRoles.SourceImage), Tensor(TensorRoles.SourceParsing)],
            Outputs = [Tensor(TensorRoles.Latents)],
            BackgroundLatents = 4,
        },
    };

    public static ModelManifest Parsing() => Of("parsing-net", ModelKind.Parsing) with { Inputs = [Tensor(TensorRoles.Image)] };

    public static ModelManifest Layout() => Of("layout-net", ModelKind.Layout) with
    {
        Inputs = [Tensor(TensorRoles.SourceParsing), Tensor(TensorRoles.SourcePose), Tensor(TensorRoles.TargetPose)],
        Labels = ["background", "person"],
    };

    private static ModelManifest Of(string name, ModelKind kind) => new()
    {
        SchemaVersion = 1,
        Name = name,
        Version = "1.2.3",
        Kind = kind,
        Architecture = name,
        File = "model.onnx",
        Sha256 = new('0', 64),
        Opset = 17,
        License = "MIT",
        Description = "For tests.",
        Height = 128,
        Width = 96,
        Inputs = [],
        Outputs = [],
        Fit = PhotoFit.Letterbox,
    };

    private static TensorSpecification Tensor(string role) => new() { Name = role, Role = role, Type = "float32", Shape = [] };
}
