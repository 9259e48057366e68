namespace PoseFunctions.Core.Jobs;

/// <summary>One page of a listing; <paramref name="Continuation"/> is null on the last one.</summary>
public sealed record JobPage(IReadOnlyList<JobSummary> Jobs, string? Continuation);
