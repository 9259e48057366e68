using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>Everything that is stored for a tenant besides its job records: photos, long requests, what was parsed, results.</summary>
public interface ITenantStore
{
    /// <summary>Deletes some of it; does no harm twice.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="atMost">How many blobs.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <returns>How many were deleted; 0 once nothing is left.</returns>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.JobStateConflict"/>: there is a photo under a name that storage lists but no URL can carry.
    /// </exception>
    Task<int> DeleteSomeAsync(Tenant tenant, int atMost, CancellationToken cancellationToken);
}
