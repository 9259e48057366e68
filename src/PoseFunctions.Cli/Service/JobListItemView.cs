using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Service;

/// <summary>What a listing tells of a job.</summary>
internal sealed record JobListItemView(string Id, JobState State, DateTimeOffset UpdatedAt);
