using System.Security.Cryptography;
using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>
/// Tells whether an idempotency key comes with the request that it came with before: SHA-256 over what was asked for, photos
/// included, however it was sent. A form and a JSON body that say the same are the same.
/// </summary>
internal static class RequestFingerprint
{
    /// <summary>Of a submitted job.</summary>
    public static async Task<string> OfAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        using var hash = Begin("job");
        Append(hash, TransferRequestJson.Write(submission.Request));
        await AppendAsync(hash, submission.Photo.FileName, submission.Photo, cancellationToken);
        foreach (var (name, photo) in ByName(submission.PosePhotos).Concat(ByName(submission.SourcePhotos)))
        {
            await AppendAsync(hash, name, photo, cancellationToken);
        }

        if (submission.ScenePhoto is { } scene)
        {
            await AppendAsync(hash, scene.FileName, scene, cancellationToken);
        }

        return End(hash);
    }

    /// <summary>Of an upload of a source photo, which is not known yet.</summary>
    public static string OfUpload(UploadBody body, TransferRequest request)
    {
        using var hash = Begin("upload");
        Append(hash, TransferRequestJson.Write(request));
        Append(hash, UploadNames.Sanitize(body.FileName));
        return End(hash);
    }

    /// <summary>Of a job that is done once more.</summary>
    public static string OfReplay(JobId original)
    {
        using var hash = Begin("replay");
        Append(hash, original.ToString());
        return End(hash);
    }

    /// <summary>Returns a job if this request made it, as far as its record can tell.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.IdempotencyKeyReused"/>.</exception>
    public static StoredJob Require(this StoredJob job, string? fingerprint) =>
        job.Record.Fingerprint is { } known && fingerprint is not null && known != fingerprint
            ? throw new RejectedException(
                FailureCodes.IdempotencyKeyReused,
                $"Another request has come with this idempotency key already and made the job {job.Record.Id}; a new request needs a new key.")
            : job;

    private static IEnumerable<KeyValuePair<string, SubmittedPhoto>> ByName(IReadOnlyDictionary<string, SubmittedPhoto> photos) =>
        photos.OrderBy(photo => PhotoNameComparer.Compose(photo.Key), StringComparer.Ordinal);

    private static IncrementalHash Begin(string kind)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, kind);
        return hash;
    }

    private static async Task AppendAsync(IncrementalHash hash, string name, SubmittedPhoto photo, CancellationToken cancellationToken)
    {
        Append(hash, UploadNames.Sanitize(name));
        await using var content = photo.Open();
        Append(hash, await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    // Lengths separate the parts, so that no two different lists hash alike.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }

    private static string End(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
