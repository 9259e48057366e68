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
}
