namespace PoseFunctions.Cli.Service;

/// <summary>One page of jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">Path of the next page; null on the last one.</param>
internal sealed record JobListView(IReadOnlyList<JobListItemView> Jobs, string? Next);
