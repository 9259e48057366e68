using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Core.Tests.Transfers.Support;

/// <summary>Returns the source image; optionally lets the test look in while a job is running.</summary>
internal sealed class ShadingGenerator(Func<CancellationToken, Task>? whileRunning = null) : IPoseGenerator
{
    public ModelManifest Manifest { get; init; } = new()
    {
        SchemaVersion = 1,
        Name = "patch-xing",
        Version = "1.2.3",
        Kind = ModelKind.Generator,
        Architecture = "test",
        File = "model.onnx",
        Sha256 = "",
        Opset = 17,
        License = "MIT",
        Description = "",
        Height = 32,
        Width = 24,
        Inputs = [Tensor(TensorRoles.TargetPose)],
        Outputs = [],
        Fit = PhotoFit.Letterbox,
    };

    public string ModelHash { get; init; } = new('c', 64);

    public string Variant => ModelVariant.Exact;

    public ILatentEncoder? Encoder => null;

    public static TensorSpecification Tensor(string role) => new() { Name = role, Role = role, Type = "float32", Shape = [] };

    public async Task<RgbImage> GenerateAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        if (whileRunning is not null)
        {
            await whileRunning(cancellationToken);
        }

        return RgbImage.CopyOf(input.SourceImage.Size, input.SourceImage.Pixels);
    }
}
