namespace PoseFunctions.Cli.Service;

/// <summary>Where a waiting job stands.</summary>
/// <param name="Position">1 for the job that is next.</param>
/// <param name="EstimatedSeconds">Until a worker takes it up; null while unknown.</param>
internal sealed record QueueView(int Position, double? EstimatedSeconds);
