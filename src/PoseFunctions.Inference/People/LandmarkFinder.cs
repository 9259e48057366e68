using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.People;

/// <summary>Finds the joints of the one person in a square, and leaves mask and inner activations for the parser.</summary>
internal sealed class LandmarkFinder
{
    private const int ValuesPerLandmark = 5;
    private const int Visible = 3;

    private readonly PhotoModel model;
    private readonly SquareSampler sampler;
    private readonly Dictionary<string, int> landmarks;

    /// <param name="model">A model of kind <see cref="ModelKind.Landmarks"/>.</param>
    public LandmarkFinder(PhotoModel model)
    {
        this.model = model;
        var image = Manifest.Inputs.WithRole(TensorRoles.Image);
        sampler = new(Manifest.Width, new(image.Mean!, image.Std!));
        landmarks = Manifest.Keypoints!.Order.Select((name, index) => (name, index)).ToDictionary(landmark => landmark.name, landmark => landmark.index);
    }

    private ModelManifest Manifest => model.Manifest;

    /// <summary>
    /// The joints in pixels of the square at the model's size, with their confidences however low; outside the square where the
    /// model supposes them there. The neck is the middle of the shoulders, and as sure as the less sure of them.
    /// </summary>
    public Pose Find(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        sampler.Sample(photo, square, model.Input(Manifest.Inputs.WithRole(TensorRoles.Image)));
        model.Run(cancellationToken);
        var values = model.Output(TensorRoles.Landmarks).Span;
        var joints = new Keypoint[Skeleton.JointCount];
        foreach (var (name, joint) in Skeleton.JointsByName)
        {
            if (landmarks.TryGetValue(name, out var landmark))
            {
                var of = values.Slice(landmark * ValuesPerLandmark, ValuesPerLandmark);
                joints[(int)joint] = new(of[0], of[1], Logistic.Of(of[Visible]));
            }
        }

        var (right, left) = (joints[(int)Joint.RightShoulder], joints[(int)Joint.LeftShoulder]);
        joints[(int)Joint.Neck] = new((right.X + left.X) / 2, (right.Y + left.Y) / 2, Math.Min(right.Confidence, left.Confidence));
        return new(joints);
    }

    /// <summary>Writes how surely each pixel of the last square belongs to the person, 0 to 1.</summary>
    public void CopyMask(Span<float> mask)
    {
        var logits = model.Output(TensorRoles.PersonMask).Span;
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            mask[pixel] = Logistic.Of(logits[pixel]);
        }
    }

    /// <summary>Writes the inner activations of that name from the last square.</summary>
    public void CopyFeatures(string name, Span<float> features) =>
        model.Output(Manifest.Outputs.Single(output => output.Name == name)).Span.CopyTo(features);
}
