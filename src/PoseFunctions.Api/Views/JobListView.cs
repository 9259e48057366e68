namespace PoseFunctions.Api.Views;

/// <summary>One page of jobs. A page may be short, even empty, and still have a next one.</summary>
/// <param name="Jobs">The jobs, in the order of their ids.</param>
/// <param name="Continuation">Pass it back for the next page; null on the last one.</param>
/// <param name="Next">Path of the next page; null on the last one.</param>
public sealed record JobListView(IReadOnlyList<JobListItemView> Jobs, string? Continuation, string? Next);
