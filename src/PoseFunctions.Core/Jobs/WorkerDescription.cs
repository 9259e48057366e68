namespace PoseFunctions.Core.Jobs;

/// <summary>What a worker says of itself in its lease.</summary>
/// <param name="Provider">Execution provider that its generators run on, such as <c>cpu</c> or <c>cuda</c>.</param>
public sealed record WorkerDescription(string? Provider);
