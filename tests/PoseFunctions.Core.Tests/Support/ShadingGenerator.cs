using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>Returns the source image, and the flow that the test says of it; optionally lets the test look in while a job is running.</summary>
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

    /// <summary>Where the generated person comes from; null where it does not tell.</summary>
    public SurfaceFlow? Flow
    {
        get;
        init
        {
            field = value;
            Manifest = Manifest with { Outputs = [Tensor(TensorRoles.Flow)] };
        }
    }

    /// <summary>Where the person of one input comes from; <see cref="Flow"/> where the test does not say.</summary>
    public Func<GenerationInput, SurfaceFlow>? FlowOf
    {
        get;
        init
        {
            field = value;
            Manifest = Manifest with { Outputs = [Tensor(TensorRoles.Flow)] };
        }
    }

    /// <summary>Told of everything that is generated.</summary>
    public Action<GenerationInput>? Generating { get; init; }

    public string ModelHash { get; init; } = new('c', 64);

    public string Variant => ModelVariant.Exact;

    public ILatentEncoder? Encoder => null;

    public static TensorSpecification Tensor(string role) => new() { Name = role, Role = role, Type = "float32", Shape = [] };

    public async Task<GeneratedPerson> GenerateAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        Generating?.Invoke(input);
        if (whileRunning is not null)
        {
            await whileRunning(cancellationToken);
        }

        return new(input.SourceImage.Copy(), FlowOf?.Invoke(input) ?? Flow);
    }
}
