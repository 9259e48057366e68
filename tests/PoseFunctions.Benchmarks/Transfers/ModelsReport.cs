namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>Which models made the results.</summary>
/// <param name="Parser">Names and versions of those that find and parse people.</param>
/// <param name="Generator">Name of the generator.</param>
/// <param name="GeneratorVersion">Its version.</param>
/// <param name="GeneratorHash">Identifies its graphs.</param>
internal sealed record ModelsReport(string Parser, string Generator, string GeneratorVersion, string GeneratorHash);
