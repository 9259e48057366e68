namespace PoseFunctions.Api.Views;

/// <summary>What this service depends on answers.</summary>
/// <param name="Status"><c>ready</c>.</param>
/// <param name="Storage"><c>reachable</c>.</param>
/// <param name="Waiting">Jobs in the queue, approximately.</param>
/// <param name="Workers">Live worker processes; none is no fault, they may start when there is work.</param>
public sealed record ReadinessView(string Status, string Storage, int Waiting, IReadOnlyList<WorkerView> Workers);
