using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Intake;

/// <summary>Second step of a delivery: finds out what is asked for, and whether the service knows what it names.</summary>
public sealed class UploadRequests(TransferRequestReader requests, PoseLibrary library)
{
    /// <summary>The request of the job's record, or of the photo where there is none yet.</summary>
    /// <exception cref="RejectedException">The tenant is not allowed, or the request is not valid or names a pose that is none.</exception>
    internal async Task<TransferRequest> ReadAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var tenant = Tenant.Parse(arrival.TenantName);
        arrival.Request ??= await requests.ReadAsync(tenant, arrival.Photo!.Metadata, cancellationToken);
        foreach (var target in arrival.Request.Targets.Where(target => target.Pose is not null))
        {
            library.Get(target.Pose!);
        }

        return arrival.Request;
    }
}
