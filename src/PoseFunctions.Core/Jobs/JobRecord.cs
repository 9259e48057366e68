using System.Globalization;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Jobs;

/// <summary>
/// The truth about one job: one person in 1 to 4 source photos, one generator, 1 to 64 targets. Changes only through the transition methods
/// below, each of which returns the next record or throws <see cref="JobTransitionException"/>; stores write it only under the
/// condition that nobody else wrote in between.
/// </summary>
public sealed record JobRecord
{
    /// <summary>
    /// Schema version that this code writes. Older ones stay readable; newer ones are read, but written by newer revisions only.
    /// Grows with every field that a revision without it must not lose.
    /// </summary>
    public const int CurrentSchemaVersion = RecordSchema.Sources;

    /// <summary>Hex digits of an id that make a seed: as many as <see cref="TransferRequestRules.MaxSeed"/> has room for.</summary>
    private const int SeedDigits = 13;

    public int SchemaVersion { get; init; } = RecordSchema.First;

    public required JobId Id { get; init; }

    public JobState State { get; init; }

    public required SourcePhoto Source { get; init; }

    /// <summary>Further photos of the person that were parsed so far, in the order of the request's.</summary>
    [JsonIgnore]
    public IReadOnlyList<SourcePhoto> Sources { get; init; } = [];

    /// <summary><see cref="Sources"/> as JSON has it: left out where there are none, so that most records are written as they were.</summary>
    [JsonPropertyName("sources")]
    public IReadOnlyList<SourcePhoto>? NamedSources { get => Sources.Count == 0 ? null : Sources; init => Sources = value ?? []; }

    /// <summary>The photo whose scene the person is put into; null until it was parsed, and for jobs with target poses.</summary>
    public ScenePhoto? Scene { get; init; }

    /// <summary>What was asked for.</summary>
    public required TransferRequest Request { get; init; }

    public required IReadOnlyList<JobTarget> Targets { get; init; }

    /// <summary>The model; null until claimed.</summary>
    public JobGenerator? Generator { get; init; }

    /// <summary>Why the job failed; null unless <see cref="JobState.Failed"/> or <see cref="JobState.Expired"/>.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>How often a worker has claimed the job.</summary>
    public int Attempt { get; init; }

    /// <summary>Fencing number: raised by every claim, to at least the time, and by every end.</summary>
    public long Fence { get; init; }

    /// <summary>Who works on it; null unless running.</summary>
    public JobClaim? Claim { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    // Generated JSON code sets every property, absent ones to null: the default must be restored where it is set.
    public JobTimings Timings { get; init => field = value ?? new(); } = new();

    /// <summary>W3C trace parent of the upload, so that every stage joins one trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// What came with the caller's idempotency key, as a hash, so that the key names no other request; null without a key, and in
    /// records of earlier revisions.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether nothing will change any more.</summary>
    [JsonIgnore]
    public bool IsFinal => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled or JobState.Expired;

    /// <summary>The tenant's name as it stands in storage before the photo's name: also a forbidden one.</summary>
    [JsonIgnore]
    public string UploadTenantName => Source.TenantName ?? Id.Tenant.ToString();

    /// <summary>Content hashes of the photos that were parsed for this job: what there is to erase of them.</summary>
    [JsonIgnore]
    public IEnumerable<string> PixelHashes =>
        Targets.Select(target => target.PhotoPixelHash)
            .Append(Source.PixelHash)
            .Concat(Sources.Select(source => source.PixelHash))
            .Append(Scene?.PixelHash)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>What noise is drawn from where the generator draws any: the seed asked for, or one that follows from the id.</summary>
    [JsonIgnore]
    public long Seed => Request.Seed ?? long.Parse(Id.Digest.AsSpan(0, SeedDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Share of the work that is done, 0 to 100.</summary>
    [JsonIgnore]
    public int Percent => JobProgress.PercentAt(State);

    /// <summary>What every store asks for before it replaces or removes a record.</summary>
    /// <exception cref="NewerSchemaException">A newer revision wrote it.</exception>
    public void RequireKnownSchema()
    {
        if (SchemaVersion > CurrentSchemaVersion)
        {
            throw new NewerSchemaException(Id, SchemaVersion);
        }
    }

    /// <summary>A new job.</summary>
    public static JobRecord Accept(
        JobId id, SourcePhoto source, TransferRequest request, DateTimeOffset now, string? traceParent, string? fingerprint = null) => new()
        {
            Id = id,
            SchemaVersion = RecordSchema.VersionFor(request),
            State = JobState.Accepted,
            Source = source,
            Request = request,
            Targets = TargetsOf(request),
            CreatedAt = now,
            UpdatedAt = now,
            TraceParent = traceParent,
            Fingerprint = fingerprint,
        };

    /// <summary>The targets of a request, none of them worked on. A scene is one target.</summary>
    public static IReadOnlyList<JobTarget> TargetsOf(TransferRequest request) => request.Scene is null
        ? [.. request.Targets.Select((target, index) => new JobTarget { Index = index, Name = target.DisplayName })]
        : [new() { Index = 0, Name = JobTarget.SceneName }];

    /// <summary>Parsing begins, or begins again after a lost attempt.</summary>
    public JobRecord StartParsing(DateTimeOffset now) => State switch
    {
        JobState.Accepted => this with { State = JobState.Parsing, UpdatedAt = now },
        JobState.Parsing => this,
        _ => throw new JobTransitionException(Id, State, "start parsing"),
    };

    /// <summary>
    /// A photo that the request names has not arrived yet. What was found in the others is kept, and parsing begins again later. Where
    /// nothing new was found, nothing changes.
    /// </summary>
    public JobRecord AwaitPhotos(SourcePhoto parsed, IReadOnlyList<SourcePhoto> sources, TransferRequest request, DateTimeOffset now) => State switch
    {
        JobState.Parsing when Source.PixelHash == parsed.PixelHash && Sources.Count == sources.Count => this,
        JobState.Accepted or JobState.Parsing => this with
        {
            State = JobState.Parsing,
            Source = parsed,
            Sources = sources,
            Request = request,
            SchemaVersion = Math.Max(SchemaVersion, RecordSchema.VersionFor(request)),
            UpdatedAt = now,
        },
        _ => throw new JobTransitionException(Id, State, "wait for photos"),
    };

    /// <summary>
    /// Every photo is parsed and the job waits for a worker. Takes the request along, because a job that failed before its request
    /// was read has none.
    /// </summary>
    public JobRecord Enqueue(
        SourcePhoto parsed,
        TransferRequest request,
        IReadOnlyList<JobTarget> targets,
        double parseMilliseconds,
        DateTimeOffset now,
        ScenePhoto? scene = null,
        IReadOnlyList<SourcePhoto>? sources = null) => State switch
        {
            JobState.Accepted or JobState.Parsing => this with
            {
                State = JobState.Queued,
                Source = parsed,
                Sources = sources ?? [],
                Scene = scene,
                Request = request,
                SchemaVersion = Math.Max(SchemaVersion, RecordSchema.VersionFor(request)),
                Targets = targets,
                QueuedAt = now,
                UpdatedAt = now,
                Timings = Timings with { ParseMilliseconds = parseMilliseconds },
            },
            _ => throw new JobTransitionException(Id, State, "be queued"),
        };

    /// <summary>
    /// A worker takes the job: from the queue, or from an owner that <paramref name="ownerIsGone"/> says has died.
    /// </summary>
    public JobRecord TakeBy(string owner, JobGenerator generator, bool ownerIsGone, DateTimeOffset now)
    {
        if (State != JobState.Queued && !(State == JobState.Running && ownerIsGone))
        {
            throw new JobTransitionException(Id, State, "be claimed");
        }

        // Also above every number of an erased job that had the same id.
        var fence = Math.Max(Fence + 1, now.UtcTicks);
        return this with
        {
            State = JobState.Running,
            Attempt = Attempt + 1,
            Fence = fence,
            Claim = new(owner, fence, now),
            Generator = generator,
            StartedAt = StartedAt ?? now,
            UpdatedAt = now,
            Timings = Timings with { QueueMilliseconds = (now - QueuedAt)?.TotalMilliseconds },
        };
    }

    /// <summary>The owner hands the job back: it is shutting down, or met a fault that another attempt may not meet.</summary>
    public JobRecord Release(long fence, DateTimeOffset now)
    {
        RequireClaim(fence, "be handed back");
        return this with { State = JobState.Queued, Claim = null, QueuedAt = now, UpdatedAt = now };
    }

    /// <summary>The owner has worked on every target.</summary>
    public JobRecord Complete(long fence, IReadOnlyList<JobTarget> targets, JobTimings timings, DateTimeOffset now)
    {
        RequireClaim(fence, "be completed");
        var succeeded = targets.Any(target => target.State == TargetState.Succeeded);
        return Finish(succeeded ? JobState.Succeeded : JobState.Failed, now) with
        {
            Targets = targets,
            Failure = succeeded ? null : targets[0].Failure,
            Timings = timings with { TotalMilliseconds = (now - CreatedAt).TotalMilliseconds },
        };
    }

    /// <summary>The owner gives up for good.</summary>
    public JobRecord Fail(long fence, JobFailure failure, DateTimeOffset now)
    {
        RequireClaim(fence, "fail");
        return Finish(JobState.Failed, now) with { Failure = failure };
    }

    /// <summary>Fails a job that no worker owns: its photo was refused, or its attempts are used up.</summary>
    public JobRecord Refuse(JobFailure failure, DateTimeOffset now) => IsFinal
        ? throw new JobTransitionException(Id, State, "be refused")
        : Finish(JobState.Failed, now) with { Failure = failure };

    /// <summary>The deadline passed before a worker started.</summary>
    public JobRecord Expire(DateTimeOffset now) => State is JobState.Accepted or JobState.Parsing or JobState.Queued
        ? Finish(JobState.Expired, now) with
        {
            Failure = new(FailureCodes.DeadlinePassed, $"The job was not started before {Request.ExpiresAt:O}.", Retryable: true),
        }
        : throw new JobTransitionException(Id, State, "expire");

    /// <summary>The caller no longer wants it. A worker that is at it finds its fencing number outdated.</summary>
    public JobRecord Cancel(DateTimeOffset now) => IsFinal
        ? throw new JobTransitionException(Id, State, "be cancelled")
        : Finish(JobState.Cancelled, now);

    /// <summary>An operator lets a failed job run once more, from parsing on if it never got past that, with its attempts counted anew.</summary>
    public JobRecord Retry(DateTimeOffset now) => State == JobState.Failed
        ? this with
        {
            State = IsParsed ? JobState.Queued : JobState.Accepted,
            Failure = null,
            Attempt = 0,
            FinishedAt = null,
            QueuedAt = IsParsed ? now : null,
            UpdatedAt = now,
            Targets = [.. Targets.Select(target => target with { State = TargetState.Pending, Failure = null, Result = null })],
        }
        : throw new JobTransitionException(Id, State, "be retried");

    /// <summary>Whether the deadline has passed without a worker having started.</summary>
    public bool IsOverdue(DateTimeOffset now) => Request.ExpiresAt <= now && StartedAt is null && !IsFinal;

    /// <summary>Whether <paramref name="fence"/> still is the number of the current claim.</summary>
    public bool IsClaimedWith(long fence) => State == JobState.Running && Claim?.Fence == fence;

    /// <summary>Whether the job was completed under the claim with this number.</summary>
    public bool IsCompletedWith(long fence) => State == JobState.Succeeded && Fence == fence + 1;

    /// <summary>Whether the photo was parsed, and every further one, the scene and every pose photo as well.</summary>
    private bool IsParsed => QueuedAt is not null
        && Sources.Count == Request.Sources.Count
        && (Request.Scene is null
            ? Targets.All(target => Request.Targets[target.Index].Photo is null || target.PhotoKeypoints is not null)
            : Scene is not null);

    private void RequireClaim(long fence, string verb)
    {
        if (State != JobState.Running)
        {
            throw new StaleClaimException(Id, fence, $"it is {State} and can no longer {verb}");
        }

        if (Claim?.Fence != fence)
        {
            throw new StaleClaimException(Id, fence, $"the current claim has number {Claim?.Fence}");
        }
    }

    private JobRecord Finish(JobState state, DateTimeOffset now) => this with
    {
        State = state,
        Claim = null,
        Fence = Fence + 1,
        FinishedAt = now,
        UpdatedAt = now,
    };
}
