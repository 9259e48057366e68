using PoseFunctions.Api.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Jobs;

/// <summary>Refuses at the door what a worker would only refuse later.</summary>
public sealed class RequestChecks(ManifestCatalog models, PoseLibrary poses, IPhotoStore photos, TimeProvider clock)
{
    /// <summary>Checks what a request names, apart from pose photos.</summary>
    /// <exception cref="RejectedException">A generator or pose is unknown, or the deadline has passed.</exception>
    public void CheckNames(TransferRequest request)
    {
        if (request.Generator is { } generator)
        {
            models.RequireGenerator(generator);
        }

        foreach (var pose in request.Targets.Select(target => target.Pose).OfType<string>())
        {
            poses.Get(pose);
        }

        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            throw new RejectedException(FailureCodes.DeadlinePassed, $"The deadline {request.ExpiresAt:O} has passed already.");
        }
    }

    /// <summary>Checks that the pose photos which a request takes from storage are there.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.PosePhotoMissing"/>.</exception>
    public async Task CheckPosePhotosAsync(Tenant tenant, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken);
            if (photo is null)
            {
                throw new RejectedException(FailureCodes.PosePhotoMissing, $"There is no pose photo '{name}'.");
            }
        }
    }
}
