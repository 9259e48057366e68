namespace PoseFunctions.Api.Views;

/// <summary>Where to go from a job. <paramref name="Cancel"/> is null once nothing can be cancelled.</summary>
public sealed record JobLinksView(string Self, string? Cancel);
