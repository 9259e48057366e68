namespace PoseFunctions.Api.Views;

/// <summary>Estimates for a waiting job.</summary>
/// <param name="Position">1 for the job that is next.</param>
/// <param name="EstimatedSeconds">Until a worker takes the job up; null while no worker tells its speed.</param>
public sealed record QueueView(int Position, double? EstimatedSeconds);
