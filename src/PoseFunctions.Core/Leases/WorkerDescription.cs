namespace PoseFunctions.Core.Leases;

/// <summary>What a worker says of itself in its lease.</summary>
/// <param name="Provider">Execution provider that its generators run on, such as <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="RequestedProvider">The one that was asked for; another where it is not there and the CPU stands in.</param>
/// <param name="Refusals">Each model that runs as another graph than the settings ask for, in words; null for none.</param>
public sealed record WorkerDescription(string? Provider, string? RequestedProvider = null, IReadOnlyList<string>? Refusals = null);
