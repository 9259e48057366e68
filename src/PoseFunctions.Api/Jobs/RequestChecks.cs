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
    /// <summary>Checks what a request names, apart from photos.</summary>
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

    /// <summary>Checks that photos which a request takes from storage are there.</summary>
    /// <param name="tenant">Whose photos.</param>
    /// <param name="names">Their names in the pose-photos container.</param>
    /// <param name="kind">What they are for, as messages say it.</param>
    /// <param name="codeOfAbsence">The code where one is not there.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RejectedException"><paramref name="codeOfAbsence"/>.</exception>
    public async Task CheckStoredAsync(
        Tenant tenant, IEnumerable<string> names, string kind, string codeOfAbsence, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken);
            if (photo is null)
            {
                throw new RejectedException(codeOfAbsence, $"There is no {kind} photo '{name}'.");
            }
        }
    }
}
