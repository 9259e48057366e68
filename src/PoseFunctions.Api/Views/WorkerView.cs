namespace PoseFunctions.Api.Views;

/// <summary>A live worker process.</summary>
/// <param name="Provider">Execution provider of its generators, such as <c>cpu</c> or <c>cuda</c>; null when it does not say.</param>
/// <param name="JobsPerSecond">Jobs finished a second lately.</param>
public sealed record WorkerView(string? Provider, double JobsPerSecond);
