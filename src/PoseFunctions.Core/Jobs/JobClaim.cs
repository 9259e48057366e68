using PoseFunctions.Core.Leases;

namespace PoseFunctions.Core.Jobs;

/// <summary>A worker's right to write to a job. Holds as long as the owner's lease, which is in storage before any claim names it.</summary>
/// <param name="Owner">Lease of the claiming worker process; see <see cref="WorkerLease"/>.</param>
/// <param name="Fence">The job's fencing number at the claim. Only grows; a write with an older one is refused.</param>
/// <param name="ClaimedAt">When.</param>
public sealed record JobClaim(string Owner, long Fence, DateTimeOffset ClaimedAt);
