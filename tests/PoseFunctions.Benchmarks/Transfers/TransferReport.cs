namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>What <see cref="TransferCommand"/> writes down. All times are milliseconds, all places pixels of the upright photo.</summary>
/// <param name="Models">What made the results.</param>
/// <param name="Photos">In the order of their names.</param>
/// <param name="Cost">Times at certain sizes, and of bare graphs.</param>
internal sealed record TransferReport(ModelsReport Models, IReadOnlyList<PhotoReport> Photos, CostReport Cost);
