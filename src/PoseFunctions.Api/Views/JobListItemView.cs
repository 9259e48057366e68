using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Views;

/// <summary>What a listing tells of a job.</summary>
public sealed record JobListItemView(JobId Id, JobState State, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt, string Href);
