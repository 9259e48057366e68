using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.Parsing;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>A keypoint model and a person-parsing model, both as their manifests describe them.</summary>
public sealed class OnnxPersonParser : IPersonParser, IDisposable
{
    private readonly PhotoModel keypoints;
    private readonly PhotoModel parsing;
    private readonly KeypointDetector detector;
    private readonly PersonSegmenter segmenter;
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <param name="keypoints">Session of a keypoint model; disposed with this.</param>
    /// <param name="parsing">Session of a parsing model; disposed with this.</param>
    public OnnxPersonParser(ModelSession keypoints, ModelSession parsing)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        ArgumentNullException.ThrowIfNull(parsing);
        this.keypoints = new(keypoints);
        this.parsing = new(parsing);
        detector = new(this.keypoints);
        segmenter = new(this.parsing);
        Version = $"{Identity(keypoints.Manifest)}+{Identity(parsing.Manifest)}";
        MinimumConfidence = keypoints.Manifest.Decoder!.MinimumConfidence!.Value;
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public float MinimumConfidence { get; }

    /// <inheritdoc/>
    public async Task<ParsedPerson> ParseAsync(RgbImage photo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);
        await oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new(detector.Detect(photo, cancellationToken), segmenter.Segment(photo, cancellationToken));
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        keypoints.Dispose();
        parsing.Dispose();
        oneAtATime.Dispose();
    }

    private static string Identity(ModelManifest manifest) => $"{manifest.Name}-{manifest.Version}";
}
