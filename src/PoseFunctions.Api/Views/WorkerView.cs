namespace PoseFunctions.Api.Views;

/// <summary>A live worker process.</summary>
/// <param name="Provider">Execution provider of its generators, such as <c>cpu</c> or <c>cuda</c>; null when it does not say.</param>
/// <param name="RequestedProvider">The one it was set up for. Another means that it fell back; its log has the reason.</param>
/// <param name="Refusals">Its models that run as another graph than it was set up for, in words; null for none.</param>
/// <param name="JobsPerSecond">Jobs finished a second, while it had any.</param>
public sealed record WorkerView(string? Provider, string? RequestedProvider, IReadOnlyList<string>? Refusals, double JobsPerSecond);
