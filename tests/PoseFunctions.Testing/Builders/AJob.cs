using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Testing.Builders;

/// <summary>Job records in every state, reached by the transitions that lead there. All times are <see cref="Now"/>.</summary>
public static class AJob
{
    /// <summary>The lease that owns running jobs.</summary>
    public const string Owner = "worker-1";

    /// <summary>When everything happened.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The model that runs.</summary>
    public static JobGenerator Generator { get; } = new("xing", "1.0.0", 96, 128);

    /// <summary>A failure.</summary>
    public static JobFailure Failure { get; } = new(FailureCodes.PersonMissing, "No person was found.", Retryable: false);

    /// <summary>An id that nobody else has.</summary>
    public static JobId NewId(Tenant? tenant = null) =>
        JobId.FromIdempotencyKey(tenant ?? Tenant.Default, Guid.NewGuid().ToString());

    /// <summary>A request for so many library poses.</summary>
    public static TransferRequest Request(int targets = 1, DateTimeOffset? expiresAt = null) => new()
    {
        Targets = [.. Enumerable.Range(0, targets).Select(index => new TargetPose { Pose = $"pose-{index}" })],
        ExpiresAt = expiresAt,
    };

    /// <summary>A job that nobody has looked at.</summary>
    public static JobRecord Accepted(JobId? id = null, TransferRequest? request = null) =>
        JobRecord.Accept(id ?? NewId(), new("photo.jpg", "0x1", 1000), request ?? Request(), Now, traceParent: null);

    /// <summary>A job whose photo is being parsed.</summary>
    public static JobRecord Parsing(JobId? id = null, TransferRequest? request = null) =>
        Accepted(id, request).StartParsing(Now);

    /// <summary>A job that waits for a worker.</summary>
    public static JobRecord Queued(JobId? id = null, TransferRequest? request = null)
    {
        var job = Parsing(id, request);
        var parsed = job.Source with { PixelHash = new('a', 64), Width = 300, Height = 400, ParserVersion = "parser-1" };
        return job.Enqueue(parsed, job.Request, job.Targets, parseMilliseconds: 12.5, Now);
    }

    /// <summary>A job claimed by <paramref name="owner"/> with fencing number 1.</summary>
    public static JobRecord Running(JobId? id = null, TransferRequest? request = null, string owner = Owner) =>
        Queued(id, request).TakeBy(owner, Generator, ownerIsGone: false, Now);

    /// <summary>A job with a result for every target.</summary>
    public static JobRecord Succeeded(JobId? id = null, TransferRequest? request = null)
    {
        var job = Running(id, request);
        return job.Complete(job.Fence, SucceededTargets(job), job.Timings with { GenerateMilliseconds = 40 }, Now);
    }

    /// <summary>A job that a worker gave up.</summary>
    public static JobRecord Failed(JobId? id = null, TransferRequest? request = null)
    {
        var job = Running(id, request);
        return job.Fail(job.Fence, Failure, Now);
    }

    /// <summary>A job that was cancelled while it waited.</summary>
    public static JobRecord Cancelled(JobId? id = null, TransferRequest? request = null) => Queued(id, request).Cancel(Now);

    /// <summary>A job whose deadline passed while it waited.</summary>
    public static JobRecord Expired(JobId? id = null) => Queued(id, Request(expiresAt: Now)).Expire(Now);

    /// <summary>A job in the given state.</summary>
    public static JobRecord In(JobState state, JobId? id = null) => state switch
    {
        JobState.Accepted => Accepted(id),
        JobState.Parsing => Parsing(id),
        JobState.Queued => Queued(id),
        JobState.Running => Running(id),
        JobState.Succeeded => Succeeded(id),
        JobState.Failed => Failed(id),
        JobState.Cancelled => Cancelled(id),
        JobState.Expired => Expired(id),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The targets of a job, each with a result.</summary>
    public static IReadOnlyList<JobTarget> SucceededTargets(JobRecord job) =>
    [
        .. job.Targets.Select(target => target with
        {
            State = TargetState.Succeeded,
            Result = new(ImageFormat.Jpeg, 300, 400, 5000, 96, 128),
        }),
    ];
}
