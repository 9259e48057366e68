using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>A worker wrote with a claim that is no longer the current one. What it did must be dropped.</summary>
public sealed class StaleClaimException(JobId id, long fence, string reason)
    : PoseFunctionsException($"The claim {fence} on job {id} is stale: {reason}.")
{
    /// <inheritdoc/>
    public override bool IsTransient => false;
}
