namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>Times that bars are set for, and what they are compared with.</summary>
/// <param name="Processors">How many the process had.</param>
/// <param name="Sizes">One entry a photo and size.</param>
/// <param name="Bare">One entry a photo and graph, taken in turn with the others.</param>
internal sealed record CostReport(int Processors, IReadOnlyList<SizeTime> Sizes, IReadOnlyList<GraphTime> Bare);
