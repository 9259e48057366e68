using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Intake;

/// <summary>Parses the photos that a request names beside its own: those that poses are taken from, and the scene.</summary>
public sealed class CompanionPhotos(IPhotoStore photos, PhotoParsing parsing)
{
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
                var (_, key, parsed) = await ParseAsync(tenant, photo.Key, FailureCodes.PosePhotoMissing, cancellationToken);
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

    /// <summary>Parses the photo whose scene the person is put into.</summary>
    /// <param name="tenant">Whose photo.</param>
    /// <param name="name">Its name in the pose-photos container.</param>
    /// <param name="hashes">Takes its content hash once it was parsed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RejectedException">It is not there, is refused, or shows no whole person.</exception>
    public async Task<ScenePhoto> ParseSceneAsync(Tenant tenant, string name, List<string> hashes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(hashes);
        try
        {
            var (length, key, parsed) = await ParseAsync(tenant, name, FailureCodes.ScenePhotoMissing, cancellationToken);
            hashes.Add(key.PixelHash);
            return new(name, length, key.PixelHash, key.ParserVersion, parsed.PhotoSize.Width, parsed.PhotoSize.Height);
        }
        catch (RejectedException exception)
        {
            throw new RejectedException(exception.Code, $"The scene photo '{FileNameOf(name)}' cannot be used: {exception.Message}", exception);
        }
    }

    private async Task<(long Length, ParsedPhotoKey Key, ParsedPhoto Photo)> ParseAsync(
        Tenant tenant, string name, string codeOfAbsence, CancellationToken cancellationToken)
    {
        await using var photo = await photos.OpenAsync(PhotoContainer.PosePhotos, tenant.ToString(), name, cancellationToken)
            ?? throw new RejectedException(codeOfAbsence, "It is not there.");
        var (key, parsed) = await parsing.ParseAsync(tenant, photo, PersonSelection.Default, cancellationToken);
        return (photo.Length, key, parsed);
    }

    // What the API stores lies in a folder of its own; callers know their file name only.
    private static string FileNameOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
