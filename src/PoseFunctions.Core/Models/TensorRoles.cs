namespace PoseFunctions.Core.Models;

/// <summary>The roles that a tensor can have in a manifest.</summary>
public static class TensorRoles
{
    public const string SourceImage = "sourceImage";
    public const string SourcePose = "sourcePose";
    public const string TargetPose = "targetPose";
    public const string SourceParsing = "sourceParsing";
    public const string TargetParsing = "targetParsing";
    public const string Latents = "latents";
    public const string Noise = "noise";
    public const string GeneratedImage = "generatedImage";
    public const string Image = "image";
    public const string Heatmaps = "heatmaps";
    public const string CenterHeatmap = "centerHeatmap";
    public const string CenterRegression = "centerRegression";
    public const string KeypointOffset = "keypointOffset";
    public const string Scores = "scores";

    /// <summary>Batch x anchors x values: a box and points, in input pixels, relative to the anchor's place.</summary>
    public const string Boxes = "boxes";

    /// <summary>Batch x anchors x 1: the logit of a person being there.</summary>
    public const string BoxScores = "boxScores";

    /// <summary>Batch x (5 x joints): x and y in input pixels, depth, and the logits of being visible and of being in the frame.</summary>
    public const string Landmarks = "landmarks";

    /// <summary>Batch x 1: the probability that there is a person at all.</summary>
    public const string Presence = "presence";

    /// <summary>Batch x 1 x height x width: how surely a pixel belongs to the person; logits where a model gives them.</summary>
    public const string PersonMask = "personMask";

    /// <summary>Inner activations of one network that another one goes on from.</summary>
    public const string Features = "features";

    /// <summary>Maps of joints, where a model is fed those of one pose only.</summary>
    public const string Pose = "pose";

    /// <summary>Batch x 2 x height x width: where, in the source frame from -1 to 1, the surface point of a target cell lies (x, y).</summary>
    public const string Flow = "flow";

    /// <summary>Batch x 1 x height x width: the probability that the source shows the surface point of a target cell.</summary>
    public const string Visibility = "visibility";
}
