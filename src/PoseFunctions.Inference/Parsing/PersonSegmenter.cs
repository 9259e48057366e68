using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Parsing;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Parsing;

/// <summary>Labels the body parts in a photo.</summary>
internal sealed class PersonSegmenter(PhotoModel model)
{
    private ModelManifest Manifest => model.Manifest;

    /// <summary>A map at the model's resolution that covers exactly the photo.</summary>
    public SegmentationMap Segment(RgbImage photo, CancellationToken cancellationToken)
    {
        var region = PhotoRegion.Whole(photo.Size, Manifest.NativeSize, Manifest.Fit);
        model.Run(photo, region, cancellationToken);
        var (scores, classes, size) = model.Output(TensorRoles.Scores);
        var labels = Manifest.Decoder!.Type == "threshold"
            ? Label(scores.Span, classes, size, firstLabel: 1, Manifest.Decoder.Threshold ?? 0.5f)
            : Label(scores.Span, classes, size, firstLabel: 0, float.NegativeInfinity);
        return WithoutPadding(labels, size, region, photo.Size);
    }

    // A class wins a pixel with the highest score that reaches the floor; where none does, label 0 (background) stays.
    private static byte[] Label(ReadOnlySpan<float> scores, int classes, ImageSize size, int firstLabel, float floor)
    {
        var plane = size.Width * size.Height;
        var labels = new byte[plane];
        for (var pixel = 0; pixel < plane; pixel++)
        {
            var best = floor;
            for (var label = 0; label < classes; label++)
            {
                var score = scores[(label * plane) + pixel];
                if (score > best)
                {
                    (best, labels[pixel]) = (score, (byte)(label + firstLabel));
                }
            }
        }

        return labels;
    }

    private SegmentationMap WithoutPadding(byte[] labels, ImageSize size, PhotoRegion region, ImageSize photo)
    {
        var width = Math.Clamp((int)Math.Round(size.Width * photo.Width / region.Width), 1, size.Width);
        var height = Math.Clamp((int)Math.Round(size.Height * photo.Height / region.Height), 1, size.Height);
        var (left, top) = (Offset(-region.X / region.Width, size.Width, width), Offset(-region.Y / region.Height, size.Height, height));
        var map = new byte[width * height];
        for (var row = 0; row < height; row++)
        {
            labels.AsSpan(((row + top) * size.Width) + left, width).CopyTo(map.AsSpan(row * width));
        }

        return new(new(width, height), map, Manifest.Labels!, Manifest.LabelMeanings());
    }

    private static int Offset(double fraction, int full, int content) => Math.Clamp((int)Math.Round(fraction * full), 0, full - content);
}
