using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>A layout model that predicts what the test says, and remembers what it was given.</summary>
/// <param name="manifest">Size and labels; made by <see cref="ManifestOf"/>.</param>
/// <param name="predict">The label of every pixel.</param>
internal sealed class ScriptedLayouts(ModelManifest manifest, Func<LayoutInput, byte[]> predict) : ILayoutPredictor
{
    public List<LayoutInput> Inputs { get; } = [];

    public ModelManifest Manifest => manifest;

    public string ModelHash { get; init; } = new('1', 64);

    public Task<LabelMap> PredictAsync(LayoutInput input, CancellationToken cancellationToken)
    {
        Inputs.Add(input);
        return Task.FromResult(new LabelMap(manifest.NativeSize, predict(input)));
    }

    /// <summary>A layout model of a size and of labels, each with those of ours that it merges.</summary>
    public static ModelManifest ManifestOf(int width, int height, params (string Name, string[] Merges)[] labels) => new ShadingGenerator().Manifest with
    {
        Name = "layout",
        Version = "4.5.6",
        Kind = ModelKind.Layout,
        Width = width,
        Height = height,
        Inputs = [.. new[] { TensorRoles.SourceParsing, TensorRoles.SourcePose, TensorRoles.TargetPose }.Select(ShadingGenerator.Tensor)],
        Outputs = [ShadingGenerator.Tensor(TensorRoles.Scores)],
        Keypoints = new(Skeleton.JointNames, 6),
        Labels = [.. labels.Select(label => label.Name)],
        LabelMapping = labels.ToDictionary(label => label.Name, label => (IReadOnlyList<string>)label.Merges),
    };
}
