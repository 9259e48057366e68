namespace PoseFunctions.Core.Jobs;

/// <summary>A worker's right to write to a job.</summary>
/// <param name="Owner">Lease of the claiming worker process; see <see cref="WorkerLease"/>.</param>
/// <param name="Fence">The job's fencing number at the claim. Only grows; a write with an older one is refused.</param>
/// <param name="ClaimedAt">When.</param>
/// <param name="ExpiresAt">Until when the claim holds at least; the owner's lease extends it for as long as it is renewed.</param>
public sealed record JobClaim(string Owner, long Fence, DateTimeOffset ClaimedAt, DateTimeOffset ExpiresAt);
