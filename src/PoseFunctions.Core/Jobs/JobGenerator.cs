namespace PoseFunctions.Core.Jobs;

/// <summary>Which model generated the results, and from what it drew its noise.</summary>
/// <param name="Name">Name in its manifest.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="NativeWidth">Width at which it renders.</param>
/// <param name="NativeHeight">Height at which it renders.</param>
/// <param name="ModelHash">Identifies the very graphs that run, that of <paramref name="Layout"/> among them; null in records from before it was kept.</param>
/// <param name="Variant">Name of the graph's variant that runs; null in records from before it was kept.</param>
/// <param name="Seed">The seed; null for generators that draw no noise.</param>
/// <param name="Layout">What predicted parsing maps for the targets; null where nothing did.</param>
public sealed record JobGenerator(
    string Name,
    string Version,
    int NativeWidth,
    int NativeHeight,
    string? ModelHash = null,
    string? Variant = null,
    long? Seed = null,
    JobLayout? Layout = null);
