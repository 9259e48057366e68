using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>Stores the photos that come along with a job's own: for poses, further ones of the person, and the scene.</summary>
public sealed class CompanionUploads(IPhotoStore photos, RequestChecks checks, IOptions<ImageLimits> limits)
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>Stores them, and checks that those are there which the request takes from storage.</summary>
    /// <returns>The request, naming them as they are stored.</returns>
    /// <exception cref="RejectedException">A photo is refused, is not there, or is one that the request does not name.</exception>
    public async Task<TransferRequest> StoreAsync(JobId id, JobSubmission submission, CancellationToken cancellationToken)
    {
        var request = submission.Request;
        var poses = request.Targets.Select(target => target.Photo).OfType<string>().ToHashSet(PhotoNameComparer.Instance);
        await CheckAsync(id, submission.PosePhotos, poses, "pose", FailureCodes.PosePhotoMissing, cancellationToken);
        await CheckAsync(id, submission.SourcePhotos, request.Sources, "source", FailureCodes.SourcePhotoMissing, cancellationToken);
        await CheckSceneAsync(id, submission, cancellationToken);

        var posePhotos = await StoreAsync(id, submission.PosePhotos, UploadNames.OfPosePhoto, cancellationToken);
        var sourcePhotos = await StoreAsync(id, submission.SourcePhotos, UploadNames.OfSourcePhoto, cancellationToken);
        return request with
        {
            Targets = [.. request.Targets.Select(target =>
                target.Photo is { } name && posePhotos.TryGetValue(name, out var photo) ? target with { Photo = photo } : target)],
            Sources = [.. request.Sources.Select(name => sourcePhotos.GetValueOrDefault(name, name))],
            Scene = submission.ScenePhoto is { } scene
                ? await StoreAsync(id, scene, UploadNames.OfScenePhoto(id, scene.FileName), cancellationToken)
                : request.Scene,
        };
    }

    private async Task CheckAsync(
        JobId id,
        IReadOnlyDictionary<string, SubmittedPhoto> along,
        IReadOnlyCollection<string> named,
        string kind,
        string codeOfAbsence,
        CancellationToken cancellationToken)
    {
        if (along.Keys.FirstOrDefault(name => !named.Contains(name, PhotoNameComparer.Instance)) is { } unused)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The request is not valid: it does not name the {kind} photo '{unused}'.");
        }

        foreach (var photo in along.Values)
        {
            await photo.CheckAsync(limits.Value, cancellationToken);
        }

        await checks.CheckStoredAsync(id.Tenant, named.Where(name => !along.ContainsKey(name)), kind, codeOfAbsence, cancellationToken);
    }

    private Task CheckSceneAsync(JobId id, JobSubmission submission, CancellationToken cancellationToken) => submission switch
    {
        { ScenePhoto: { } photo } => photo.CheckAsync(limits.Value, cancellationToken),
        { Request.Scene: { } name } => checks.CheckStoredAsync(id.Tenant, [name], "scene", FailureCodes.ScenePhotoMissing, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task<Dictionary<string, string>> StoreAsync(
        JobId id, IReadOnlyDictionary<string, SubmittedPhoto> along, Func<JobId, int, string, string> nameOf, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, string>(PhotoNameComparer.Instance);
        foreach (var (index, (name, photo)) in along.Index())
        {
            stored[name] = await StoreAsync(id, photo, nameOf(id, index, name), cancellationToken);
        }

        return stored;
    }

    private async Task<string> StoreAsync(JobId id, SubmittedPhoto photo, string name, CancellationToken cancellationToken)
    {
        await using var content = photo.Open();
        await photos.WriteAsync(PhotoContainer.PosePhotos, id.Tenant, name, content, NoMetadata, cancellationToken);
        return name;
    }
}
