using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Running;

/// <summary>Runs one job: claims it, renders its targets, completes its record. Any message may be a repetition.</summary>
public sealed partial class RunJobHandler(
    IJobStore jobs,
    IWorkerLeaseStore leases,
    WorkerLeaseKeeper keeper,
    ClaimWatch watch,
    JobModels models,
    JobPhotos photos,
    IResultStore results,
    IJobQueue queue,
    PhotoParsing parsing,
    TransferRenderer renderer,
    RecentWork recent,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<RunJobHandler> logger)
{
    private static readonly Histogram<double> QueueWait =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.queue.wait", "From queued to claimed.");

    private static readonly Histogram<double> GenerateDuration =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.generate.duration", "Generating all targets of a job.");

    private static readonly Histogram<double> RunDuration =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.run.duration", "From claimed to results stored.");

    private static readonly Histogram<double> EndToEnd =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.job.duration", "From accepted to finished.");

    /// <summary>Handles one delivery of a message.</summary>
    public async Task HandleAsync(JobMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await ClaimAsync(message.JobId, cancellationToken) is { } claimed)
        {
            // Who wakes a worker for a lost job knows its id only; the record knows the trace.
            await RunClaimedAsync(claimed, message.TraceParent ?? claimed.Record.TraceParent, cancellationToken);
        }
    }

    /// <summary>Runs a job that was claimed when it was queued, in one write. What another attempt may do better is left to the queue.</summary>
    internal async Task RunAtOnceAsync(StoredJob claimed, CancellationToken cancellationToken)
    {
        try
        {
            await RunClaimedAsync(claimed, claimed.Record.TraceParent, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Logged where it was handed back; nobody holds a message of this job.
            await queue.SendAsync(JobMessage.For(claimed.Record), CancellationToken.None);
        }
    }

    private async Task RunClaimedAsync(StoredJob claimed, string? traceParent, CancellationToken cancellationToken)
    {
        RecordQueueWait(claimed.Record, traceParent);
        using var activity = PoseFunctionsTelemetry.StartEntry("run", ActivityKind.Consumer, traceParent);
        activity?.SetTag("job.id", claimed.Record.Id.ToString());
        activity?.SetTag("job.attempt", claimed.Record.Attempt);
        keeper.JobStarted();
        try
        {
            if (await RunOrFailAsync(claimed, cancellationToken))
            {
                keeper.JobFinished();
            }
        }
        catch (StaleClaimException exception)
        {
            Log.Stale(logger, claimed.Record.Id, exception.Message);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            await CleanUpAsync(claimed.Record);
        }
        finally
        {
            keeper.JobEnded();
        }
    }

    /// <summary>The wait is over only now that it can be recorded: as a measurement, and as a span of its own in the job's trace.</summary>
    private static void RecordQueueWait(JobRecord claimed, string? traceParent)
    {
        if (claimed is { QueuedAt: { } queuedAt, Claim.ClaimedAt: var claimedAt })
        {
            QueueWait.Record((claimedAt - queuedAt).TotalSeconds);
            using var activity = PoseFunctionsTelemetry.StartEntry("queue", ActivityKind.Internal, traceParent, queuedAt);
            activity?.SetEndTime(claimedAt.UtcDateTime);
        }
    }

    /// <returns>Whether the job is finished; false where it was handed back because this process stops.</returns>
    private async Task<bool> RunOrFailAsync(StoredJob claimed, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(claimed, cancellationToken);
            return true;
        }
        catch (RejectedException exception)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, exception.Code);
            await ChangeMineAsync(
                claimed, (record, now) => record.Fail(claimed.Record.Fence, new(exception.Code, exception.Message, Retryable: false), now));
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A message of its own, because the host may be killed before it has given back the one that it holds.
            Log.HandedOver(logger, claimed.Record.Id);
            var released = await ChangeMineAsync(claimed, (record, now) => record.Release(claimed.Record.Fence, now));
            await queue.SendAsync(JobMessage.For(released.Record), CancellationToken.None);
            return false;
        }
        catch (Exception exception) when (exception is not StaleClaimException)
        {
            Log.HandedBack(logger, exception, claimed.Record.Id);
            Activity.Current?.SetStatus(ActivityStatusCode.Error, exception.Message);
            await OrAbandonAsync(ChangeMineAsync(claimed, (record, now) => record.Release(claimed.Record.Fence, now)));
            throw;
        }
    }

    private async Task<StoredJob?> ClaimAsync(JobId id, CancellationToken cancellationToken)
    {
        var current = recent.Take(id) ?? await jobs.FindAsync(id, cancellationToken);
        while (current is not null)
        {
            var next = await DecideAsync(current.Record, cancellationToken);
            if (next is null)
            {
                return null;
            }

            try
            {
                // Not cancelled half way: storage might have taken a claim that nobody here knows of.
                var stored = await OrAbandonAsync(jobs.ReplaceAsync(current, next, CancellationToken.None));
                return next.State == JobState.Running ? stored : null;
            }
            catch (JobConflictException)
            {
                current = await jobs.FindAsync(id, cancellationToken);
            }
        }

        // Erased. Whoever ran it may have died right after writing a result; a job that takes its id later has higher numbers.
        await results.DeleteAsync(id, clock.GetUtcNow().UtcTicks, cancellationToken);
        return null;
    }

    /// <summary>
    /// Waits for a claim to be written or given back. Where storage does not answer, the record may name this worker although
    /// nobody works on the job, and for every later message somebody would seem to.
    /// </summary>
    private async Task<StoredJob> OrAbandonAsync(Task<StoredJob> write)
    {
        try
        {
            return await write;
        }
        catch (InfrastructureException)
        {
            await keeper.AbandonAsync();
            throw;
        }
    }

    /// <summary>The record with this worker's claim, or with the reason why it ends here; null when it is not this worker's turn.</summary>
    private async Task<JobRecord?> DecideAsync(JobRecord record, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (record.State is not (JobState.Queued or JobState.Running))
        {
            return null;
        }

        if (record.IsOverdue(now))
        {
            return record.Expire(now);
        }

        var ownerIsGone = record.Claim is { } claim && await IsGoneAsync(claim, now, cancellationToken);
        if (record.State == JobState.Running && !ownerIsGone)
        {
            return null;
        }

        if (record.Attempt >= options.Value.MaxAttempts)
        {
            return record.Refuse(
                new(FailureCodes.AttemptsExhausted, $"All {record.Attempt} attempts were cut short.", Retryable: true), now);
        }

        JobGenerator generator;
        try
        {
            generator = models.Choose(record);
        }
        catch (RejectedException exception)
        {
            return record.Refuse(new(exception.Code, exception.Message, Retryable: false), now);
        }

        return record.TakeBy(await keeper.CurrentIdAsync(cancellationToken), generator, ownerIsGone, now);
    }

    private async Task<bool> IsGoneAsync(JobClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lease = await leases.FindAsync(claim.Owner, cancellationToken);
        return lease is null || lease.ExpiresAt <= now;
    }

    private async Task RunAsync(StoredJob claimed, CancellationToken cancellationToken)
    {
        var record = claimed.Record;
        var started = clock.GetTimestamp();
        var parsed = await photos.SourceAsync(record, cancellationToken);
        var rendered = await watch.RunAsync(
            claimed, wanted => renderer.RenderAsync(record, parsed, models.GeneratorOf(record), wanted), cancellationToken);

        // Where the claim was lost, the attempt to hand it back tells why.
        var done = rendered is null
            ? await ChangeMineAsync(claimed, (current, now) => current.Release(claimed.Record.Fence, now))
            : await CompleteAsync(claimed, rendered, clock.GetElapsedTime(started));
        if (done.Record.Timings.TotalMilliseconds is { } total)
        {
            EndToEnd.Record(TimeSpan.FromMilliseconds(total).TotalSeconds);
        }
    }

    private Task<StoredJob> CompleteAsync(StoredJob claimed, RenderedTargets rendered, TimeSpan runTime)
    {
        RunDuration.Record(runTime.TotalSeconds);
        GenerateDuration.Record(rendered.Generate.TotalSeconds);
        var timings = claimed.Record.Timings with
        {
            GenerateMilliseconds = rendered.Generate.TotalMilliseconds,
            StoreMilliseconds = rendered.Store.TotalMilliseconds,
        };
        return ChangeMineAsync(claimed, (current, now) => current.Complete(claimed.Record.Fence, rendered.Targets, timings, now));
    }

    /// <summary>
    /// Changes the record as long as the claim is the current one. Not cancelled by shutdown: a finished job must be written.
    /// </summary>
    /// <exception cref="StaleClaimException">The claim is not the current one, or the job was erased.</exception>
    private async Task<StoredJob> ChangeMineAsync(StoredJob claimed, Func<JobRecord, DateTimeOffset, JobRecord> change) =>
        await jobs.ChangeAsync(claimed.Record.Id, claimed, record => change(record, clock.GetUtcNow()), CancellationToken.None)
        ?? throw new StaleClaimException(claimed.Record.Id, claimed.Record.Fence, "the job was erased");

    /// <summary>What was made under a claim that was lost must not outlive the job, nor be found by a later one of the same id.</summary>
    private async Task CleanUpAsync(JobRecord claimed)
    {
        var current = (await jobs.FindAsync(claimed.Id, CancellationToken.None))?.Record;

        // The answer to its own completion may have been lost.
        if (current?.IsCompletedWith(claimed.Fence) != true)
        {
            await results.DeleteAsync(claimed.Id, claimed.Fence, CancellationToken.None);
        }

        // Whoever erases a job cancels it first, and has perhaps been overtaken by a photo that was parsed again.
        if (current is null or { State: JobState.Cancelled })
        {
            foreach (var hash in claimed.PixelHashes)
            {
                await parsing.ForgetAsync(claimed.Id.Tenant, hash, CancellationToken.None);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What this worker did for job {JobId} is dropped: {Reason}")]
        public static partial void Stale(ILogger logger, JobId jobId, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Job {JobId} is handed back for another attempt.")]
        public static partial void HandedBack(ILogger logger, Exception exception, JobId jobId);

        [LoggerMessage(3, LogLevel.Information, "Job {JobId} is handed over to another worker: this one stops.")]
        public static partial void HandedOver(ILogger logger, JobId jobId);
    }
}
