namespace PoseFunctions.Inference.Sessions;

/// <summary>What a graph file says about itself.</summary>
/// <param name="Producer">The tool that wrote it.</param>
/// <param name="GraphName">Name of the graph.</param>
/// <param name="Description">Free text.</param>
/// <param name="Version">The model's version number.</param>
/// <param name="Custom">Custom entries by name.</param>
public sealed record ModelMetadata(
    string Producer, string GraphName, string Description, long Version, IReadOnlyDictionary<string, string> Custom);
