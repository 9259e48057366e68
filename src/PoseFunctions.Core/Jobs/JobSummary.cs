namespace PoseFunctions.Core.Jobs;

/// <summary>What a listing tells of a record without reading it.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Its state.</param>
/// <param name="Owner">Lease of the claiming worker; null unless running.</param>
/// <param name="UpdatedAt">Time of the last transition.</param>
/// <param name="ExpiresAt">Deadline, if any.</param>
public sealed record JobSummary(JobId Id, JobState State, string? Owner, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt);
