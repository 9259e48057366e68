using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Noise;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference;

/// <summary>Any generator that its manifest describes: in go the inputs that it declares, out come an image and, where it tells, the flow.</summary>
public sealed class OnnxPoseGenerator : IPoseGenerator, IAsyncDisposable
{
    private readonly GraphRun graph;
    private readonly OnnxLatentEncoder? encoder;
    private readonly DynamicBatcher<GenerationInput, GeneratedPerson> batcher;
    private readonly HeatmapRenderer? heatmaps;
    private readonly PixelNormalizer? source;
    private readonly PixelNormalizer result;
    private readonly FlowReader? flows;

    /// <param name="model">The session of the graph that makes the image; disposed with this.</param>
    /// <param name="encoderModel">The session of the encoder, where the generator has one; disposed with this.</param>
    /// <param name="batching">Sizes and delay; a graph with a fixed batch axis runs with that size.</param>
    /// <param name="clock">Measures the batch window.</param>
    public OnnxPoseGenerator(ModelSession model, ModelSession? encoderModel, BatchingOptions batching, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(model);
        graph = new(model, BatchSizes.Of(model.Manifest, batching));
        ModelHash = HashOf(model, encoderModel);
        Variant = model.Variant;
        encoder = encoderModel is null ? null : new(encoderModel, Manifest, batching, clock);
        var generated = Manifest.Outputs.WithRole(TensorRoles.GeneratedImage);
        result = new(generated.Mean!, generated.Std!);
        source = Manifest.Inputs.FirstOrDefault(input => input.Role == TensorRoles.SourceImage) is { } image ? new(image.Mean!, image.Std!) : null;
        flows = Manifest.Outputs.Any(output => output.Role == TensorRoles.Flow) ? new(Manifest) : null;
        heatmaps = Manifest.Keypoints is { Sigma: { } sigma } keypoints
            ? new([.. keypoints.Order.Select(name => Skeleton.JointsByName[name])], sigma, Manifest.Width, Manifest.Height)
            : null;
        batcher = graph.Batcher<GenerationInput, GeneratedPerson>(Manifest.Name, batching, Generate, clock);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest => graph.Manifest;

    /// <inheritdoc/>
    /// <remarks>The graph's own SHA-256, or that of both graphs' hashes where there are two.</remarks>
    public string ModelHash { get; }

    /// <inheritdoc/>
    public string Variant { get; }

    /// <inheritdoc/>
    public ILatentEncoder? Encoder => encoder;

    /// <summary>Most images in one run.</summary>
    public int MaxBatchSize => BatchSizes.Most;

    /// <summary>The sizes that its session runs with.</summary>
    internal BatchSizes BatchSizes => graph.Sizes;

    /// <summary>Buffers made so far; stays the same however many images are generated.</summary>
    internal int BuffersCreated => graph.BuffersCreated;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The source image does not have the native size, or the input lacks what the graph needs.</exception>
    public Task<GeneratedPerson> GenerateAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.SourceImage.Size != Manifest.NativeSize)
        {
            throw new ArgumentException($"{Manifest.Name} takes images of {Manifest.NativeSize}, got {input.SourceImage.Size}.", nameof(input));
        }

        return Manifest.Inputs.FirstOrDefault(tensor => IsMissing(tensor, input)) is { } missing
            ? throw new ArgumentException($"{Manifest.Name} needs an input for {missing.Role}, of the size that its manifest says.", nameof(input))
            : batcher.RunAsync(input, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await batcher.DisposeAsync().ConfigureAwait(false);
        graph.Dispose();
        if (encoder is not null)
        {
            await encoder.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string HashOf(ModelSession model, ModelSession? encoder) => encoder is null
        ? model.GraphSha256
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{encoder.GraphSha256} {model.GraphSha256}")));

    private bool IsMissing(TensorSpecification tensor, GenerationInput input) => tensor.Role switch
    {
        TensorRoles.SourceParsing => input.SourceParsing?.Size != Manifest.NativeSize,
        TensorRoles.TargetParsing => input.TargetParsing?.Size != Manifest.NativeSize,
        TensorRoles.Latents => input.Latents.Length != tensor.ItemElements(),
        _ => false,
    };

    private GeneratedPerson[] Generate(IReadOnlyList<GenerationInput> inputs, CancellationToken cancellationToken) =>
        graph.Run(inputs.Count, (item, tensor, values) => Fill(inputs[item], tensor, values), Read, cancellationToken);

    private void Fill(GenerationInput input, TensorSpecification tensor, Span<float> values)
    {
        switch (tensor.Role)
        {
            case TensorRoles.SourceImage:
                source!.Normalize(input.SourceImage.Pixels, values);
                break;
            case TensorRoles.SourcePose:
                heatmaps!.Render(input.SourcePose, values);
                break;
            case TensorRoles.TargetPose:
                heatmaps!.Render(input.TargetPose, values);
                break;
            case TensorRoles.SourceParsing:
                OneHot.Write(input.SourceParsing!, values);
                break;
            case TensorRoles.TargetParsing:
                OneHot.Write(input.TargetParsing!, values);
                break;
            case TensorRoles.Latents:
                input.Latents.Span.CopyTo(values);
                break;
            case TensorRoles.Noise:
                NormalNoise.Fill(input.Noise, values);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private GeneratedPerson Read(Func<TensorSpecification, Memory<float>> outputOf)
    {
        var rendered = RgbImage.Rent(Manifest.NativeSize);
        result.Denormalize(outputOf(Manifest.Outputs.WithRole(TensorRoles.GeneratedImage)).Span, rendered.Pixels);
        return new(rendered, flows?.Read(outputOf));
    }
}
