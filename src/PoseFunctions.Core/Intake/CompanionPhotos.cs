using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Intake;

/// <summary>
/// Parses the photos that a request names beside its own: further ones of the person, the scene, and those that poses are taken from.
/// </summary>
public sealed class CompanionPhotos(IPhotoStore photos, PhotoParsing parsing, IOptions<TransferOptions> options, TimeProvider clock)
{
    private const string Absent = "It is not there.";

    /// <summary>The targets, with the poses of the photos that they name. A photo that cannot be used fails its own targets only.</summary>
    /// <param name="tenant">Whose photos.</param>
    /// <param name="request">Which targets.</param>
    /// <param name="hashes">Takes the content hash of every photo that was parsed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RejectedException">No target is left.</exception>
    public async Task<IReadOnlyList<JobTarget>> ResolveTargetsAsync(
        Tenant tenant, TransferRequest request, List<string> hashes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(hashes);
        var targets = JobRecord.TargetsOf(request).ToArray();
        RejectedException? refusal = null;
        foreach (var photo in request.Targets.Index().Where(target => target.Item.Photo is not null).GroupBy(target => target.Item.Photo!))
        {
            try
            {
                var (_, _, key, parsed) = await ParseAsync(tenant, photo.Key, PersonSelection.Default, cancellationToken)
                    ?? throw new RejectedException(FailureCodes.PosePhotoMissing, Absent);
                hashes.Add(key.PixelHash);
                float[] keypoints = [.. parsed.Person.Pose.Keypoints.ToArray().SelectMany(keypoint => new[] { keypoint.X, keypoint.Y, keypoint.Confidence })];
                foreach (var (index, _) in photo)
                {
                    targets[index] = targets[index] with { PhotoPixelHash = key.PixelHash, PhotoKeypoints = keypoints };
                }
            }
            catch (RejectedException exception)
            {
                refusal = new(exception.Code, $"The pose photo '{FileNameOf(photo.Key)}' cannot be used: {exception.Message}", exception);
                foreach (var (index, _) in photo)
                {
                    targets[index] = targets[index] with { State = TargetState.Failed, Failure = new(refusal.Code, refusal.Message, Retryable: false) };
                }
            }
        }

        return targets.All(target => target.State == TargetState.Failed) ? throw refusal! : targets;
    }

    /// <summary>Parses a further photo of the person.</summary>
    /// <param name="arrival">The job's own photo; takes the content hash of this one once it was parsed.</param>
    /// <param name="name">Its name in the pose-photos container.</param>
    /// <param name="person">Who of the people in it is meant.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwaitedPhotoException">It is not there yet.</exception>
    /// <exception cref="RejectedException">It is not there, is refused, or does not show whom it should.</exception>
    internal async Task<SourcePhoto> ParseSourceAsync(Arrival arrival, string name, PersonSelection person, CancellationToken cancellationToken)
    {
        try
        {
            var (etag, length, key, parsed) = await ParseAsync(arrival.Id.Tenant, name, person, cancellationToken)
                ?? throw AbsenceOf(name, FailureCodes.SourcePhotoMissing, arrival);
            arrival.Hashes.Add(key.PixelHash);
            return new SourcePhoto(name, etag, length).With(key, parsed);
        }
        catch (RejectedException exception)
        {
            throw new RejectedException(exception.Code, $"The source photo '{FileNameOf(name)}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Parses the photo whose scene the person is put into.</summary>
    /// <param name="arrival">The job's own photo; takes the content hash of this one once it was parsed.</param>
    /// <param name="name">Its name in the pose-photos container.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwaitedPhotoException">It is not there yet.</exception>
    /// <exception cref="RejectedException">It is not there, is refused, or shows no whole person.</exception>
    internal async Task<ScenePhoto> ParseSceneAsync(Arrival arrival, string name, CancellationToken cancellationToken)
    {
        try
        {
            var (_, length, key, parsed) = await ParseAsync(arrival.Id.Tenant, name, PersonSelection.Default, cancellationToken)
                ?? throw AbsenceOf(name, FailureCodes.ScenePhotoMissing, arrival);
            arrival.Hashes.Add(key.PixelHash);
            return new(name, length, key.PixelHash, key.ParserVersion, parsed.PhotoSize.Width, parsed.PhotoSize.Height);
        }
        catch (RejectedException exception)
        {
            throw new RejectedException(exception.Code, $"The scene photo '{FileNameOf(name)}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>A photo that was read and parsed; null where it is not there.</summary>
    private async Task<(string ETag, long Length, ParsedPhotoKey Key, ParsedPhoto Photo)?> ParseAsync(
        Tenant tenant, string name, PersonSelection person, CancellationToken cancellationToken)
    {
        await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken);
        if (photo is null)
        {
            return null;
        }

        var (key, parsed) = await parsing.ParseAsync(tenant, photo, person, cancellationToken);
        return (photo.ETag, photo.Length, key, parsed);
    }

    // Photos of one job come from several places, in any order.
    private PoseFunctionsException AbsenceOf(string name, string code, Arrival arrival) =>
        clock.GetUtcNow() - arrival.Photo!.CreatedAt < options.Value.CompanionWait
            ? new AwaitedPhotoException(FileNameOf(name))
            : new RejectedException(code, Absent);

    // What the API stores lies in a folder of its own; callers know their file name only.
    private static string FileNameOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
