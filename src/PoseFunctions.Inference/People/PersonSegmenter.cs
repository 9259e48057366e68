using System.Diagnostics;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.People;

/// <summary>Labels the body parts of the person in a square, from the picture and from what landmarks were found in it.</summary>
internal sealed class PersonSegmenter
{
    private readonly PhotoModel model;
    private readonly LandmarkFinder landmarks;
    private readonly SquareSampler sampler;
    private readonly HeatmapRenderer? heatmaps;

    /// <param name="model">A model of kind <see cref="ModelKind.Parsing"/>.</param>
    /// <param name="landmarks">What looked at the same square just before.</param>
    public PersonSegmenter(PhotoModel model, LandmarkFinder landmarks)
    {
        this.model = model;
        this.landmarks = landmarks;
        var image = Manifest.Inputs.WithRole(TensorRoles.Image);
        sampler = new(Manifest.Width, new(image.Mean!, image.Std!));
        heatmaps = Manifest.Keypoints is { Sigma: { } sigma, Order: var order }
            ? new([.. order.Select(name => Skeleton.JointsByName[name])], sigma, Manifest.Width, Manifest.Height)
            : null;
    }

    private ModelManifest Manifest => model.Manifest;

    /// <summary>A map that covers exactly the square.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="square">The square that the landmarks were found in.</param>
    /// <param name="pose">The joints that were found for sure, in pixels of the square at this model's size.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public SegmentationMap Segment(RgbImage photo, PersonSquare square, Pose pose, CancellationToken cancellationToken)
    {
        foreach (var tensor in Manifest.Inputs)
        {
            var values = model.Input(tensor);
            switch (tensor.Role)
            {
                case TensorRoles.Image:
                    sampler.Sample(photo, square, values);
                    break;
                case TensorRoles.PersonMask:
                    landmarks.CopyMask(values);
                    break;
                case TensorRoles.Pose:
                    heatmaps!.Render(pose, values);
                    break;
                case TensorRoles.Features:
                    landmarks.CopyFeatures(tensor.Name, values);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        model.Run(cancellationToken);
        var scores = Manifest.Outputs.WithRole(TensorRoles.Scores);
        var axes = scores.Axes();
        var (classes, size) = ((int)axes[1].Size, new ImageSize((int)axes[3].Size, (int)axes[2].Size));
        var labels = Manifest.Decoder!.Type == "threshold"
            ? HighestScore.Label(model.Output(scores).Span, classes, firstLabel: 1, Manifest.Decoder.Threshold ?? 0.5f)
            : HighestScore.Label(model.Output(scores).Span, classes);
        return new(size, labels, Manifest.Labels!, Manifest.LabelMeanings());
    }
}
