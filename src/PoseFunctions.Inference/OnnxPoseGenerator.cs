using PoseFunctions.Core.Generators;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference;

/// <summary>Any generator that its manifest describes: source image and two poses in, one image out.</summary>
public sealed class OnnxPoseGenerator : IPoseGenerator, IAsyncDisposable
{
    private readonly ModelSession model;
    private readonly DynamicBatcher<GenerationInput, RgbImage> batcher;
    private readonly HeatmapRenderer heatmaps;
    private readonly TensorSpecification image;
    private readonly TensorSpecification sourcePose;
    private readonly TensorSpecification targetPose;
    private readonly TensorSpecification generated;
    private readonly PixelNormalizer source;
    private readonly PixelNormalizer result;
    private readonly Dictionary<TensorSpecification, TensorBufferPool> pools;

    /// <param name="model">The generator's session; disposed with this.</param>
    /// <param name="batching">Sizes and delay; a graph with a fixed batch axis runs with that size.</param>
    /// <param name="clock">Measures the batch window.</param>
    public OnnxPoseGenerator(ModelSession model, BatchingOptions batching, TimeProvider clock)
    {
        this.model = model;
        var keypoints = Manifest.Keypoints!;
        image = Manifest.Inputs.WithRole(TensorRoles.SourceImage);
        sourcePose = Manifest.Inputs.WithRole(TensorRoles.SourcePose);
        targetPose = Manifest.Inputs.WithRole(TensorRoles.TargetPose);
        generated = Manifest.Outputs.WithRole(TensorRoles.GeneratedImage);
        source = new(image.Mean!, image.Std!);
        result = new(generated.Mean!, generated.Std!);
        heatmaps = new([.. keypoints.Order.Select(name => Skeleton.JointsByName[name])], keypoints.Sigma!.Value, Manifest.Width, Manifest.Height);
        BatchSizes = BatchSizes.Of(Manifest, batching);
        TensorSpecification[] tensors = [image, sourcePose, targetPose, generated];
        pools = tensors.ToDictionary(tensor => tensor, tensor => new TensorBufferPool(BatchSizes.Largest * tensor.ItemElements()));
        var sizes = new BatchingOptions { MaxBatchSize = MaxBatchSize, MaxQueueDelay = batching.MaxQueueDelay, MaxQueueLength = batching.MaxQueueLength };
        batcher = new(Manifest.Name, sizes, Generate, clock);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest => model.Manifest;

    /// <summary>Most images in one run.</summary>
    public int MaxBatchSize => BatchSizes.Most;

    /// <summary>The sizes that its session runs with.</summary>
    internal BatchSizes BatchSizes { get; }

    /// <summary>Buffers made so far; stays the same however many images are generated.</summary>
    internal int BuffersCreated => pools.Values.Sum(pool => pool.Created);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The source image does not have the native size.</exception>
    public Task<RgbImage> GenerateAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.SourceImage.Size == Manifest.NativeSize
            ? batcher.RunAsync(input, cancellationToken)
            : throw new ArgumentException(
                $"{Manifest.Name} takes images of {Manifest.NativeSize}, got {input.SourceImage.Size}.", nameof(input));
    }

    public async ValueTask DisposeAsync()
    {
        await batcher.DisposeAsync().ConfigureAwait(false);
        model.Dispose();
    }

    private RgbImage[] Generate(IReadOnlyList<GenerationInput> inputs, CancellationToken cancellationToken)
    {
        var batch = BatchSizes.For(inputs.Count);
        using var images = pools[image].Rent();
        using var sources = pools[sourcePose].Rent();
        using var targets = pools[targetPose].Rent();
        using var outputs = pools[generated].Rent();
        for (var i = 0; i < inputs.Count; i++)
        {
            source.Normalize(inputs[i].SourceImage.Pixels, Item(images, image, i));
            heatmaps.Render(inputs[i].SourcePose, Item(sources, sourcePose, i));
            heatmaps.Render(inputs[i].TargetPose, Item(targets, targetPose, i));
        }

        model.Session.Run(
            [Bind(image, images, batch), Bind(sourcePose, sources, batch), Bind(targetPose, targets, batch)],
            [Bind(generated, outputs, batch)],
            cancellationToken);
        return [.. inputs.Select((_, i) => ToImage(Item(outputs, generated, i)))];
    }

    private RgbImage ToImage(Span<float> planar)
    {
        var rendered = RgbImage.Rent(Manifest.NativeSize);
        result.Denormalize(planar, rendered.Pixels);
        return rendered;
    }

    private static Span<float> Item(TensorBuffer buffer, TensorSpecification tensor, int index) =>
        buffer.Span.Slice(index * tensor.ItemElements(), tensor.ItemElements());

    private static TensorBinding Bind(TensorSpecification tensor, TensorBuffer buffer, int batch) =>
        new(tensor.Name, tensor.ForBatch(batch), buffer.Memory[..(batch * tensor.ItemElements())]);
}
