using System.Diagnostics;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference;

/// <summary>A layout model as its manifest describes it: in go two poses and a parsing map, out comes another parsing map.</summary>
public sealed class OnnxLayoutPredictor : ILayoutPredictor, IAsyncDisposable
{
    private readonly GraphRun graph;
    private readonly DynamicBatcher<LayoutInput, LabelMap> batcher;
    private readonly HeatmapRenderer heatmaps;

    /// <param name="model">The session of a layout model; disposed with this.</param>
    /// <param name="batching">Sizes and delay; a graph with a fixed batch axis runs with that size.</param>
    /// <param name="clock">Measures the batch window.</param>
    public OnnxLayoutPredictor(ModelSession model, BatchingOptions batching, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(model);
        graph = new(model, BatchSizes.Of(model.Manifest, batching));
        ModelHash = model.GraphSha256;
        var (order, sigma) = Manifest.Keypoints!;
        heatmaps = new([.. order.Select(name => Skeleton.JointsByName[name])], sigma!.Value, Manifest.Width, Manifest.Height);
        batcher = graph.Batcher<LayoutInput, LabelMap>(Manifest.Name, batching, Predict, clock);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest => graph.Manifest;

    /// <inheritdoc/>
    public string ModelHash { get; }

    /// <summary>The sizes that its session runs with.</summary>
    internal BatchSizes BatchSizes => graph.Sizes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The source's parsing map does not have the native size.</exception>
    public Task<LabelMap> PredictAsync(LayoutInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.SourceParsing.Size == Manifest.NativeSize
            ? batcher.RunAsync(input, cancellationToken)
            : throw new ArgumentException($"{Manifest.Name} takes maps of {Manifest.NativeSize}, got {input.SourceParsing.Size}.", nameof(input));
    }

    public async ValueTask DisposeAsync()
    {
        await batcher.DisposeAsync().ConfigureAwait(false);
        graph.Dispose();
    }

    private LabelMap[] Predict(IReadOnlyList<LayoutInput> inputs, CancellationToken cancellationToken) => graph.Run(
        inputs.Count,
        (item, tensor, values) => Fill(inputs[item], tensor, values),
        outputOf => new LabelMap(Manifest.NativeSize, HighestScore.Label(outputOf(Manifest.Outputs[0]).Span, Manifest.Labels!.Count)),
        cancellationToken);

    private void Fill(LayoutInput input, TensorSpecification tensor, Span<float> values)
    {
        switch (tensor.Role)
        {
            case TensorRoles.SourceParsing:
                OneHot.Write(input.SourceParsing, values);
                break;
            case TensorRoles.SourcePose:
                heatmaps.Render(input.SourcePose, values);
                break;
            case TensorRoles.TargetPose:
                heatmaps.Render(input.TargetPose, values);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
