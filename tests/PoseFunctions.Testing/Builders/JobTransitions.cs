using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Testing.Builders;

/// <summary>Every transition that a job in a given state allows and that changes it.</summary>
public static class JobTransitions
{
    private static readonly IReadOnlyDictionary<string, Func<JobRecord, JobRecord>> ByName =
        new Dictionary<string, Func<JobRecord, JobRecord>>
        {
            ["start parsing"] = job => job.StartParsing(AJob.Now),
            ["await photos"] = job => job.AwaitPhotos(job.Source, job.Sources, job.Request, AJob.Now),
            ["enqueue"] = job => job.Enqueue(job.Source, job.Request, job.Targets, parseMilliseconds: 1, AJob.Now),
            ["take"] = job => job.TakeBy("taker", AJob.Generator, ownerIsGone: false, AJob.Now),
            ["take over"] = job => job.TakeBy("taker", AJob.Generator, ownerIsGone: true, AJob.Now),
            ["release"] = job => job.Release(job.Fence, AJob.Now),
            ["complete"] = job => job.Complete(job.Fence, AJob.SucceededTargets(job), job.Timings, AJob.Now),
            ["fail"] = job => job.Fail(job.Fence, AJob.Failure, AJob.Now),
            ["refuse"] = job => job.Refuse(AJob.Failure, AJob.Now),
            ["expire"] = job => job.Expire(AJob.Now),
            ["cancel"] = job => job.Cancel(AJob.Now),
            ["retry"] = job => job.Retry(AJob.Now),
        };

    /// <summary>Names of all transitions, allowed or not.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The state machine as it should be: what leads from where to where.</summary>
    public static IReadOnlyDictionary<(JobState From, string Name), JobState> Allowed { get; } =
        new Dictionary<(JobState From, string Name), JobState>
        {
            [(JobState.Accepted, "start parsing")] = JobState.Parsing,
            [(JobState.Accepted, "await photos")] = JobState.Parsing,
            [(JobState.Accepted, "enqueue")] = JobState.Queued,
            [(JobState.Accepted, "refuse")] = JobState.Failed,
            [(JobState.Accepted, "expire")] = JobState.Expired,
            [(JobState.Accepted, "cancel")] = JobState.Cancelled,
            [(JobState.Parsing, "start parsing")] = JobState.Parsing,
            [(JobState.Parsing, "await photos")] = JobState.Parsing,
            [(JobState.Parsing, "enqueue")] = JobState.Queued,
            [(JobState.Parsing, "refuse")] = JobState.Failed,
            [(JobState.Parsing, "expire")] = JobState.Expired,
            [(JobState.Parsing, "cancel")] = JobState.Cancelled,
            [(JobState.Queued, "take")] = JobState.Running,
            [(JobState.Queued, "take over")] = JobState.Running,
            [(JobState.Queued, "refuse")] = JobState.Failed,
            [(JobState.Queued, "expire")] = JobState.Expired,
            [(JobState.Queued, "cancel")] = JobState.Cancelled,
            [(JobState.Running, "take over")] = JobState.Running,
            [(JobState.Running, "release")] = JobState.Queued,
            [(JobState.Running, "complete")] = JobState.Succeeded,
            [(JobState.Running, "fail")] = JobState.Failed,
            [(JobState.Running, "refuse")] = JobState.Failed,
            [(JobState.Running, "cancel")] = JobState.Cancelled,
            [(JobState.Failed, "retry")] = JobState.Queued,
        };

    /// <summary>The allowed transitions, to be applied.</summary>
    public static IReadOnlyDictionary<(JobState From, string Name), Func<JobRecord, JobRecord>> All { get; } =
        Allowed.Keys.ToDictionary(key => key, key => ByName[key.Name]);

    /// <summary>Applies a transition, allowed or not.</summary>
    public static JobRecord Apply(string name, JobRecord job) => ByName[name](job);
}
