using Microsoft.Extensions.Options;
using PoseFunctions.Api.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Api.Jobs;

/// <summary>Refuses at the door what a worker would only refuse later.</summary>
public sealed class RequestChecks(
    ManifestCatalog models, PoseLibrary poses, IPhotoStore photos, IOptions<TransferOptions> options, TimeProvider clock)
{
    /// <summary>Checks what a request names, apart from pose photos.</summary>
    /// <exception cref="RejectedException">
    /// A generator or pose is unknown, the generator cannot do what is asked for, or the deadline has passed.
    /// </exception>
    public void CheckNames(TransferRequest request)
    {
        var generator = request.Generator is { } name ? models.RequireGenerator(name) : models.FindGenerator(options.Value.DefaultGenerator);
        if (generator is not null)
        {
            GeneratorAbilities.Of(generator).Require(request);
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

    /// <summary>Checks that a scene which a request takes from storage is there.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.ScenePhotoMissing"/>.</exception>
    public async Task CheckSceneAsync(Tenant tenant, TransferRequest request, CancellationToken cancellationToken)
    {
        if (request.Scene is not { } name)
        {
            return;
        }

        await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken);
        if (photo is null)
        {
            throw new RejectedException(FailureCodes.ScenePhotoMissing, $"There is no scene photo '{name}'.");
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
