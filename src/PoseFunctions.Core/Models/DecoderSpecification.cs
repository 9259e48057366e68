namespace PoseFunctions.Core.Models;

/// <summary>How a model's outputs are read; which fields apply depends on <paramref name="Type"/>.</summary>
/// <param name="Type">
/// <c>gaussianHeatmaps</c>, <c>centerOffset</c>, <c>argmax</c>, <c>threshold</c>, <c>anchors</c> or <c>landmarks</c>.
/// </param>
/// <param name="Stride">Input pixels a heatmap cell.</param>
/// <param name="MinimumConfidence">Confidence from which a joint, or a person, counts as found.</param>
/// <param name="Visibility">What the confidence is; <c>peak</c>.</param>
/// <param name="CenterBias">Pixels added to distances before dividing scores by them.</param>
/// <param name="Threshold">Score from which a class is taken.</param>
/// <param name="Strides">Input pixels a cell, for each of the grids of anchors, in the order of the boxes.</param>
/// <param name="AnchorsPerCell">Boxes that each grid predicts in each of its cells.</param>
public sealed record DecoderSpecification(
    string Type,
    int? Stride = null,
    float? MinimumConfidence = null,
    string? Visibility = null,
    float? CenterBias = null,
    float? Threshold = null,
    IReadOnlyList<int>? Strides = null,
    int? AnchorsPerCell = null);
