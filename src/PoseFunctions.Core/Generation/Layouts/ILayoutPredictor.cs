using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>
/// Predicts the parsing map of an image that does not exist yet, for generators that paint into one. Concurrent calls are batched.
/// </summary>
public interface ILayoutPredictor
{
    /// <summary>What the model is; its labels are those of the maps that it takes and gives.</summary>
    ModelManifest Manifest { get; }

    /// <summary>SHA-256 of the very graph that runs, lower-case hex.</summary>
    string ModelHash { get; }

    /// <summary>Predicts one map at the model's native size.</summary>
    Task<LabelMap> PredictAsync(LayoutInput input, CancellationToken cancellationToken);
}
