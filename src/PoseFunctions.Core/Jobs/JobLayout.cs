namespace PoseFunctions.Core.Jobs;

/// <summary>Which model predicted the parsing maps that a generator painted into.</summary>
/// <param name="Name">Name in its manifest.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="ModelHash">SHA-256 of the very graph that runs, lower-case hex.</param>
public sealed record JobLayout(string Name, string Version, string ModelHash);
