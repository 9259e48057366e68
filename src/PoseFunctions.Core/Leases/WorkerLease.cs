namespace PoseFunctions.Core.Leases;

/// <summary>
/// One worker process's sign of life. Claims name a lease, and hold for as long as it is renewed: one write every few seconds
/// a process extends all its claims at once, so that heartbeats cost nothing per job.
/// </summary>
/// <param name="Id">Unique per process start; a process whose lease was taken away starts a new one.</param>
/// <param name="ExpiresAt">The lease is dead from then on, unless renewed.</param>
/// <param name="JobsPerSecond">Jobs finished a second lately, for estimates of waiting time.</param>
/// <param name="Provider">Execution provider that its generators run on, such as <c>cpu</c> or <c>cuda</c>; null when unknown.</param>
/// <param name="RequestedProvider">The provider that was asked for; null when unknown.</param>
/// <param name="Refusals">Each model that runs as another graph than was asked for, in words; null for none.</param>
/// <param name="Process">Who holds it, by <see cref="ProcessIdentity"/>; null when unknown.</param>
public sealed record WorkerLease(
    string Id,
    DateTimeOffset ExpiresAt,
    double JobsPerSecond,
    string? Provider = null,
    string? RequestedProvider = null,
    IReadOnlyList<string>? Refusals = null,
    string? Process = null);
