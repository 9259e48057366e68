using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.People;

/// <summary>
/// Finds people in a whole photo as BlazePose's detector does (Bazarevsky et al., "BlazePose", 2020, section 3.1): each candidate
/// is a box round the face, the middle of the hips, and a point on the circle round the whole person, above the head.
/// </summary>
internal sealed class PersonDetector
{
    /// <summary>What a person's square has more than the circle round them.</summary>
    private const double Margin = 1.25;

    /// <summary>Faces that overlap more than this are one, as a share of the area of both.</summary>
    private const double SameFace = 0.3;

    /// <summary>Hips nearer to each other than this share of the circle's radius are one person's.</summary>
    private const double SameHips = 0.25;

    /// <summary>Width of a standing person, as a share of the height.</summary>
    private const double Slenderness = 0.42;

    private readonly PhotoModel model;
    private readonly PhotoSampler sampler;
    private readonly (float X, float Y)[] anchors;

    /// <param name="model">A model of kind <see cref="ModelKind.Persons"/>.</param>
    public PersonDetector(PhotoModel model)
    {
        this.model = model;
        var manifest = model.Manifest;
        var image = manifest.Inputs.WithRole(TensorRoles.Image);
        sampler = new(manifest.NativeSize, new(image.Mean!, image.Std!), padding: 0);
        anchors = AnchorGrid.Of(manifest.Width, manifest.Decoder!);
    }

    /// <summary>Everybody, the surest first.</summary>
    public IReadOnlyList<FoundPerson> Find(RgbImage photo, CancellationToken cancellationToken)
    {
        var manifest = model.Manifest;
        var region = PhotoRegion.Whole(photo.Size, manifest.NativeSize, manifest.Fit);
        sampler.Sample(photo, region, model.Input(manifest.Inputs.WithRole(TensorRoles.Image)));
        model.Run(cancellationToken);
        var (boxes, scores) = (model.Output(TensorRoles.Boxes), model.Output(TensorRoles.BoxScores));
        var values = boxes.Length / anchors.Length;
        var found = new List<Candidate>();
        var sure = Enumerable.Range(0, anchors.Length)
            .Select(anchor => (Anchor: anchor, Confidence: Logistic.Of(scores.Span[anchor])))
            .Where(candidate => candidate.Confidence >= manifest.Decoder!.MinimumConfidence)
            .OrderByDescending(candidate => candidate.Confidence);
        foreach (var (anchor, confidence) in sure)
        {
            var candidate = Candidate.Read(boxes.Span.Slice(anchor * values, values), anchors[anchor], region, manifest.Width, confidence);
            if (!found.Any(candidate.IsSameAs))
            {
                found.Add(candidate);
            }
        }

        return [.. found.Select(candidate => candidate.Person)];
    }

    /// <summary>A candidate in photo pixels.</summary>
    private sealed record Candidate(PersonBox Face, FoundPerson Person)
    {
        public static Candidate Read(ReadOnlySpan<float> values, (float X, float Y) anchor, PhotoRegion region, int size, float confidence)
        {
            var perPixel = region.Width / size;
            var (faceX, faceY) = At(values[0], values[1]);
            var (width, height) = (values[2] * perPixel, values[3] * perPixel);
            var (hipX, hipY) = At(values[4], values[5]);
            var (topX, topY) = At(values[6], values[7]);
            var (across, up) = ((double)topX - hipX, (double)topY - hipY);
            var radius = Math.Max(double.Hypot(across, up), 1);
            var square = new PersonSquare(hipX, hipY, 2 * radius * Margin, Math.Atan2(across, -up));
            return new(new(faceX - (width / 2), faceY - (height / 2), width, height), new(square, Whole(square, radius), confidence));

            (float X, float Y) At(float x, float y) => region.ToPhoto((x + anchor.X) / size, (y + anchor.Y) / size);
        }

        public bool IsSameAs(Candidate other) =>
            Face.Overlap(other.Face) > SameFace
            || double.Hypot(Person.Square.CenterX - other.Person.Square.CenterX, Person.Square.CenterY - other.Person.Square.CenterY)
                < SameHips * other.Person.Square.Side / (2 * Margin);

        private static PersonBox Whole(PersonSquare square, double radius)
        {
            var (sine, cosine) = (Math.Abs(Math.Sin(square.Angle)), Math.Abs(Math.Cos(square.Angle)));
            var (width, height) = (2 * radius * ((Slenderness * cosine) + sine), 2 * radius * (cosine + (Slenderness * sine)));
            return new(square.CenterX - (width / 2), square.CenterY - (height / 2), width, height);
        }
    }
}
