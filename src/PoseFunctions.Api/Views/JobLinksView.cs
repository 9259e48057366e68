namespace PoseFunctions.Api.Views;

/// <summary>Where to go from a job. <paramref name="Cancel"/> is null once nothing can be cancelled, <paramref name="Replay"/> until the job has succeeded.</summary>
public sealed record JobLinksView(string Self, string? Cancel, string? Replay);
