using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Core.Recovery;

/// <summary>Makes poison visible: a job whose messages kept failing ends as failed, with the reason in its record.</summary>
public sealed partial class PoisonHandler(IJobStore jobs, IPhotoStore photos, TimeProvider clock, ILogger<PoisonHandler> logger)
{
    /// <summary>Fails a job unless it ended otherwise.</summary>
    public async Task HandleAsync(JobId id, string reason, CancellationToken cancellationToken)
    {
        Log.Poison(logger, id, reason);
        await jobs.ChangeAsync(id, known: null, record => record.IsFinal ? null : Refuse(record, reason), cancellationToken);
    }

    /// <summary>Fails the job of an upload that could not be parsed; creates its record if parsing never got that far.</summary>
    public async Task HandleUploadAsync(string tenantName, string name, CancellationToken cancellationToken)
    {
        await using var upload = await photos.OpenAsync(PhotoContainer.Uploads, tenantName, name, cancellationToken);
        if (upload is null)
        {
            return;
        }

        const string reason = "Every attempt to parse the photo failed.";
        var id = UploadHandler.JobIdOf(tenantName, name, upload.ETag, upload.Metadata);
        var draft = JobRecord.Accept(id, new(name, upload.ETag, upload.Length), new(), upload.CreatedAt, traceParent: null);
        if (await jobs.TryCreateAsync(Refuse(draft, reason), cancellationToken) is null)
        {
            await HandleAsync(id, reason, cancellationToken);
        }
    }

    private JobRecord Refuse(JobRecord record, string reason) =>
        record.Refuse(new(FailureCodes.AttemptsExhausted, reason, Retryable: true), clock.GetUtcNow());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Job {JobId} is given up: {Reason}")]
        public static partial void Poison(ILogger logger, JobId jobId, string reason);
    }
}
