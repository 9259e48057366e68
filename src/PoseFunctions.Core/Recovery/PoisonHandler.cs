using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Recovery;

/// <summary>
/// Goes on where the host gives up. The host counts deliveries, and storage that was away or workers that were restarted use
/// them up as well as a job that cannot succeed.
/// </summary>
public sealed partial class PoisonHandler(
    IJobStore jobs, IPhotoStore photos, IJobQueue queue, TimeProvider clock, ILogger<PoisonHandler> logger)
{
    /// <summary>
    /// Sends a new message for a job that has not ended. Its attempts are counted in its record, and the next claim ends it once
    /// they are used up.
    /// </summary>
    public async Task HandleAsync(JobId id, CancellationToken cancellationToken)
    {
        if ((await jobs.FindAsync(id, cancellationToken))?.Record is { State: JobState.Queued or JobState.Running } record)
        {
            Log.SentAgain(logger, id);
            await queue.SendAsync(JobMessage.For(record), cancellationToken);
        }
    }

    /// <summary>
    /// Fails the job of an upload that could not be parsed, so that an operator sees it and can retry it; creates its record if
    /// parsing never got that far.
    /// </summary>
    public async Task HandleUploadAsync(string tenantName, string name, CancellationToken cancellationToken)
    {
        if (PhotoNames.FindProblem(tenantName, name) is not null)
        {
            // Recorded without being opened: nothing of that photo can have failed.
            return;
        }

        await using var upload = await photos.OpenAsync(PhotoContainer.Uploads, tenantName, name, cancellationToken);
        if (upload is null)
        {
            return;
        }

        var id = UploadHandler.JobIdOf(tenantName, name, upload.ETag, upload.Metadata);
        Log.GivenUp(logger, id);
        var draft = JobRecord.Accept(
            id, SourcePhoto.Unparsed(tenantName, name, upload.ETag, upload.Length), new(), upload.CreatedAt, traceParent: null);
        if (await jobs.TryCreateAsync(Refuse(draft), cancellationToken) is null)
        {
            await jobs.ChangeAsync(
                id,
                known: null,
                record => record.State is JobState.Accepted or JobState.Parsing ? Refuse(record) : null,
                cancellationToken);
        }
    }

    private JobRecord Refuse(JobRecord record) => record.Refuse(
        new(FailureCodes.AttemptsExhausted, "Every attempt to parse the photo failed.", Retryable: true), clock.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Every delivery of the message of job {JobId} failed; a new one is sent.")]
        public static partial void SentAgain(ILogger logger, JobId jobId);

        [LoggerMessage(2, LogLevel.Error, "Every attempt to parse the photo of job {JobId} failed; it is given up.")]
        public static partial void GivenUp(ILogger logger, JobId jobId);
    }
}
