using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Intake;

/// <summary>
/// Makes a job of an uploaded photo: parses it and queues the job. Any number of deliveries of the same upload, at once or late,
/// end in one record.
/// </summary>
public sealed partial class UploadHandler(
    IPhotoStore photos,
    IJobStore jobs,
    IJobQueue queue,
    PhotoParsing parsing,
    CompanionPhotos companions,
    TransferRequestReader requests,
    PoseLibrary library,
    RecentWork recent,
    TimeProvider clock,
    ILogger<UploadHandler> logger)
{
    /// <summary>How long after its arrival a dropped photo is surely in the hands of its first delivery.</summary>
    private static readonly TimeSpan FirstDelivery = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The job that an upload belongs to. Uploads of forbidden tenants are recorded as <see cref="Tenant.Unassigned"/>. All
    /// versions of an upload that cannot be opened by its name are one job, because only its name can be known.
    /// </summary>
    public static JobId JobIdOf(string tenantName, string name, string etag, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var canBeOpened = PhotoNames.FindProblem(tenantName, name) is null;
        var version = canBeOpened ? etag : string.Empty;
        if (!Tenant.TryParse(tenantName, out var tenant))
        {
            return JobId.FromUpload(Tenant.Unassigned, $"{tenantName}/{name}", version);
        }

        return canBeOpened && metadata.TryGetValue(PhotoMetadata.IdempotencyKey, out var key)
            ? JobId.FromIdempotencyKey(tenant, key)
            : JobId.FromUpload(tenant, name, version);
    }

    /// <summary>Handles one delivery of an upload.</summary>
    public async Task HandleAsync(string tenantName, string name, CancellationToken cancellationToken)
    {
        if (PhotoNames.FindProblem(tenantName, name) is { } problem)
        {
            await RefuseNameAsync(tenantName, name, problem, cancellationToken);
            return;
        }

        await using var upload = await photos.OpenAsync(PhotoContainer.Uploads, tenantName, name, cancellationToken);
        if (upload is null)
        {
            Log.PhotoGone(logger, tenantName, name);
            return;
        }

        var id = JobIdOf(tenantName, name, upload.ETag, upload.Metadata);
        var uploader = upload.Metadata.GetValueOrDefault(PhotoMetadata.TraceParent);
        using var activity = PoseFunctionsTelemetry.StartEntry("upload", ActivityKind.Consumer, uploader);
        activity?.SetTag("job.id", id.ToString());
        var traceParent = activity?.Id ?? uploader ?? Activity.Current?.Id;

        var known = WroteRecordAlready(upload) ? await jobs.FindAsync(id, cancellationToken) : null;
        if (known is not null)
        {
            if (IsOfAnotherRequest(known.Record, upload))
            {
                await LeaveOutAsync(known, name, upload, cancellationToken);
                return;
            }

            known = await BeginAsync(known, cancellationToken);
            if (known is null)
            {
                return;
            }
        }

        var source = SourcePhoto.Unparsed(tenantName, name, upload.ETag, upload.Length);
        var hashes = new List<string>();
        var request = known?.Record.Request is { IsEmpty: false } asked ? asked : null;
        try
        {
            var tenant = Tenant.Parse(tenantName);
            request ??= await requests.ReadAsync(tenant, upload.Metadata, cancellationToken);
            foreach (var target in request.Targets.Where(target => target.Pose is not null))
            {
                library.Get(target.Pose!);
            }

            var draft = known?.Record ?? Draft(request);
            if (request.ExpiresAt <= clock.GetUtcNow())
            {
                await SettleAsync(known, draft, record => record.Expire(clock.GetUtcNow()), upload, hashes, cancellationToken);
                return;
            }

            var started = clock.GetTimestamp();
            var (key, parsed) = await parsing.ParseAsync(tenant, upload, request.Person, cancellationToken);
            hashes.Add(key.PixelHash);
            source = source with
            {
                PixelHash = key.PixelHash,
                ParserVersion = key.ParserVersion,
                Width = parsed.PhotoSize.Width,
                Height = parsed.PhotoSize.Height,
                People = parsed.People,
                Person = parsed.Person.Extent(parsed.PhotoSize),
                Turns = parsed.Turns,
            };
            var scene = request.Scene is { } sceneName ? await companions.ParseSceneAsync(tenant, sceneName, hashes, cancellationToken) : null;
            var targets = await companions.ResolveTargetsAsync(tenant, request, hashes, cancellationToken);
            var parseTime = clock.GetElapsedTime(started).TotalMilliseconds;
            await SettleAsync(
                known,
                draft,
                record => record.Enqueue(source, request, targets, parseTime, clock.GetUtcNow(), scene),
                upload,
                hashes,
                cancellationToken);
        }
        catch (RejectedException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Code);
            var draft = known?.Record ?? Draft(request ?? new());
            await RefuseAsync(known, draft, exception.Code, exception.Message, upload, hashes, cancellationToken);
        }

        JobRecord Draft(TransferRequest asked) => JobRecord.Accept(
            id, source, asked, upload.CreatedAt, traceParent, upload.Metadata.GetValueOrDefault(PhotoMetadata.Fingerprint));
    }

    /// <summary>Records what storage lists but nobody can open. Left to fail, it would be tried again for ever.</summary>
    private Task RefuseNameAsync(string tenantName, string name, string problem, CancellationToken cancellationToken)
    {
        var id = JobIdOf(tenantName, name, etag: string.Empty, new Dictionary<string, string>());
        var source = SourcePhoto.Unparsed(tenantName, name, etag: string.Empty, length: 0);
        var draft = JobRecord.Accept(id, source, new(), clock.GetUtcNow(), Activity.Current?.Id);
        return RefuseAsync(known: null, draft, FailureCodes.RequestInvalid, problem, upload: null, [], cancellationToken);
    }

    private Task RefuseAsync(
        StoredJob? known,
        JobRecord draft,
        string code,
        string message,
        UploadedPhoto? upload,
        IReadOnlyList<string> hashes,
        CancellationToken cancellationToken)
    {
        Log.Refused(logger, draft.Id, code, message);
        var failure = new JobFailure(code, message, Retryable: false);
        return SettleAsync(known, draft, record => record.Refuse(failure, clock.GetUtcNow()), upload, hashes, cancellationToken);
    }

    /// <summary>The API writes the record before the event arrives; for dropped files reading it first would be in vain.</summary>
    private static bool WroteRecordAlready(UploadedPhoto upload) =>
        upload.Metadata.ContainsKey(PhotoMetadata.IdempotencyKey)
        || upload.Metadata.ContainsKey(PhotoMetadata.Request)
        || upload.Metadata.ContainsKey(PhotoMetadata.RequestKey);

    /// <summary>Whether two requests with one idempotency key were at work at once, and this is the photo of the one that was refused.</summary>
    private static bool IsOfAnotherRequest(JobRecord record, UploadedPhoto upload) =>
        record.Fingerprint is { } asked && upload.Metadata.TryGetValue(PhotoMetadata.Fingerprint, out var given) && given != asked;

    /// <summary>Keeps a photo out of a job that is not about it. A job whose own photo it has replaced cannot run any more.</summary>
    private Task LeaveOutAsync(StoredJob known, string name, UploadedPhoto upload, CancellationToken cancellationToken) =>
        known.Record.Source.BlobName == name
            ? RefuseAsync(
                known,
                known.Record,
                FailureCodes.PhotoMissing,
                "The photo was replaced, before the job could run, by that of another request with the same idempotency key.",
                upload,
                [],
                cancellationToken)
            : Task.CompletedTask;

    /// <summary>Marks an accepted job as being parsed. Null when nothing is left to do for this delivery.</summary>
    private async Task<StoredJob?> BeginAsync(StoredJob known, CancellationToken cancellationToken)
    {
        if (known.Record.State == JobState.Queued)
        {
            // Whoever queued it may have died before sending the message; a second message does no harm.
            await queue.SendAsync(JobMessage.For(known.Record), cancellationToken);
            return null;
        }

        if (known.Record.State is not (JobState.Accepted or JobState.Parsing))
        {
            return null;
        }

        var begun = await jobs.ChangeAsync(
            known.Record.Id,
            known,
            record => record.IsOverdue(clock.GetUtcNow())
                ? record.Expire(clock.GetUtcNow())
                : record.State == JobState.Accepted ? record.StartParsing(clock.GetUtcNow()) : null,
            cancellationToken);
        return begun?.Record.State == JobState.Parsing ? begun : null;
    }

    /// <summary>
    /// Writes the outcome unless there is one, creating the record where there is none yet, and wakes a worker if the job is now
    /// queued. Parsed photos (<paramref name="hashes"/>) that the record does not know were overtaken by its end and are erased,
    /// because nobody could find them any more.
    /// </summary>
    private async Task SettleAsync(
        StoredJob? known,
        JobRecord draft,
        Func<JobRecord, JobRecord> outcome,
        UploadedPhoto? upload,
        IReadOnlyList<string> hashes,
        CancellationToken cancellationToken)
    {
        var stored = known is null && await jobs.TryCreateAsync(outcome(draft), cancellationToken) is { } created
            ? await KeepUnlessErasedAsync(created, upload, cancellationToken)
            : await jobs.ChangeAsync(
                draft.Id, known, record => record.State is JobState.Accepted or JobState.Parsing ? outcome(record) : null, cancellationToken);
        var kept = stored is null or { Record.State: JobState.Cancelled } ? [] : stored.Record.PixelHashes;
        foreach (var hash in hashes.Except(kept, StringComparer.Ordinal))
        {
            await parsing.ForgetAsync(draft.Id.Tenant, hash, CancellationToken.None);
        }

        if (stored?.Record.State == JobState.Queued)
        {
            recent.Remember(stored);
            await queue.SendAsync(JobMessage.For(stored.Record), cancellationToken);
        }
    }

    /// <summary>
    /// Undoes the creation of a record whose photo was erased, together with an earlier record, while this delivery was at work.
    /// Can be only where there was an earlier record: the API wrote one, or another delivery had the time to.
    /// </summary>
    private async Task<StoredJob?> KeepUnlessErasedAsync(StoredJob created, UploadedPhoto? upload, CancellationToken cancellationToken)
    {
        if (upload is null || (!WroteRecordAlready(upload) && clock.GetUtcNow() - upload.CreatedAt < FirstDelivery))
        {
            return created;
        }

        var (tenantName, name) = (created.Record.UploadTenantName, created.Record.Source.BlobName);
        await using var photo = await photos.OpenAsync(PhotoContainer.Uploads, tenantName, name, cancellationToken);
        if (photo is not null)
        {
            return created;
        }

        Log.PhotoGone(logger, tenantName, name);
        await jobs.DeleteAsync(created, CancellationToken.None);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The photo {Tenant}/{Name} is gone; nothing to do.")]
        public static partial void PhotoGone(ILogger logger, string tenant, string name);

        [LoggerMessage(2, LogLevel.Information, "Job {JobId} is refused with {Code}: {Reason}")]
        public static partial void Refused(ILogger logger, JobId jobId, string code, string reason);
    }
}
