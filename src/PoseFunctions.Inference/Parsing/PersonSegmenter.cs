using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
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
            ? HighestScore.Label(scores.Span, classes, firstLabel: 1, Manifest.Decoder.Threshold ?? 0.5f)
            : HighestScore.Label(scores.Span, classes);
        return WithoutPadding(labels, size, region, photo.Size);
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
