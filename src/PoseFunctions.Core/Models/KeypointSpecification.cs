namespace PoseFunctions.Core.Models;

/// <summary>Joint names in channel order, and the Gaussian sigma of the heatmaps in native pixels.</summary>
public sealed record KeypointSpecification(IReadOnlyList<string> Order, float? Sigma = null);
