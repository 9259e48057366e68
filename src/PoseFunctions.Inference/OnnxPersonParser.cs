using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.People;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>A model that finds people, one that finds the landmarks of one of them, and a person-parsing model.</summary>
public sealed class OnnxPersonParser : IPersonParser, IDisposable
{
    private readonly PhotoModel[] models;
    private readonly PersonDetector detector;
    private readonly LandmarkFinder landmarks;
    private readonly PersonSegmenter segmenter;
    private readonly ImageSize landmarkSize;
    private readonly ImageSize parsingSize;
    private readonly float shownFrom;
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <param name="persons">Session of a model that finds people; disposed with this, like the others.</param>
    /// <param name="landmarks">Session of a landmark model.</param>
    /// <param name="parsing">Session of a parsing model.</param>
    public OnnxPersonParser(ModelSession persons, ModelSession landmarks, ModelSession parsing)
    {
        ArgumentNullException.ThrowIfNull(persons);
        ArgumentNullException.ThrowIfNull(landmarks);
        ArgumentNullException.ThrowIfNull(parsing);
        models = [new(persons), new(landmarks), new(parsing)];
        detector = new(models[0]);
        this.landmarks = new(models[1]);
        segmenter = new(models[2], this.landmarks);
        (landmarkSize, parsingSize) = (landmarks.Manifest.NativeSize, parsing.Manifest.NativeSize);
        Version = string.Join('+', models.Select(model => $"{model.Manifest.Name}-{model.Manifest.Version}"));
        MinimumConfidence = landmarks.Manifest.Decoder!.MinimumConfidence!.Value;
        shownFrom = parsing.Manifest.Decoder!.MinimumConfidence ?? MinimumConfidence;
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public float MinimumConfidence { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return InTurnAsync(() => detector.Find(photo, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return InTurnAsync(() => Parse(photo, square, cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
        foreach (var model in models)
        {
            model.Dispose();
        }

        oneAtATime.Dispose();
    }

    private ParsedPerson Parse(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        var pose = landmarks.Find(photo, square, cancellationToken);
        var scale = (float)parsingSize.Width / landmarkSize.Width;
        var sure = new Pose([.. pose.Keypoints.ToArray().Select(joint =>
            joint.Confidence >= shownFrom ? joint with { X = joint.X * scale, Y = joint.Y * scale } : Keypoint.Missing)]);
        var labels = segmenter.Segment(photo, square, sure, cancellationToken);
        return new(pose.Map((x, y) =>
        {
            var (photoX, photoY) = square.ToPhoto(x / landmarkSize.Width, y / landmarkSize.Height);
            return ((float)photoX, (float)photoY);
        }), labels, square);
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}
