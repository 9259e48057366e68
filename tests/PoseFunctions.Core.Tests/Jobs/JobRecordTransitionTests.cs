using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing.Builders;
using Xunit;

namespace PoseFunctions.Core.Tests.Jobs;

/// <summary>Every transition from every state: what it leads to, or that it is refused.</summary>
public sealed class JobRecordTransitionTests
{
    private static readonly DateTimeOffset Later = AJob.Now.AddSeconds(7);

    public static TheoryData<JobState, string> EveryStateAndTransition =>
        new MatrixTheoryData<JobState, string>(Enum.GetValues<JobState>(), JobTransitions.Names);

    public static TheoryData<JobState> FinalStates =>
        [JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired];

    public static TheoryData<JobState> OtherThanRunning =>
        [.. Enum.GetValues<JobState>().Where(state => state != JobState.Running)];

    [Theory]
    [MemberData(nameof(EveryStateAndTransition))]
    public void Transition_FromEveryState_LeadsWhereItMayOrIsRefused(JobState from, string name)
    {
        var job = AJob.In(from);
        if (JobTransitions.Allowed.TryGetValue((from, name), out var to))
        {
            var next = JobTransitions.Apply(name, job);

            Assert.Equal(to, next.State);
            Assert.Equal(to == JobState.Running, next.Claim is not null);
            Assert.Equal(next.IsFinal, next.FinishedAt is not null);
            Assert.True(next.Fence >= job.Fence);
        }
        else
        {
            var refusal = Assert.ThrowsAny<PoseFunctionsException>(() => JobTransitions.Apply(name, job));

            Assert.True(refusal is JobTransitionException or StaleClaimException);
            Assert.False(refusal.IsTransient);
        }
    }

    [Theory]
    [MemberData(nameof(FinalStates))]
    public void IsFinal_FinalStates_Hold(JobState state) => Assert.True(AJob.In(state).IsFinal);

    [Fact]
    public void Accept_RequestWithThreeTargets_NamesAndNumbersThem()
    {
        var request = AJob.Request() with { Targets = [new() { Pose = "walk" }, new() { Photo = "p.jpg" }, new() { Keypoints = [] }] };

        var job = AJob.Accepted(request: request);

        Assert.Equal([(0, "walk"), (1, "photo"), (2, "keypoints")], job.Targets.Select(target => (target.Index, target.Name)));
        Assert.All(job.Targets, target => Assert.Equal(TargetState.Pending, target.State));
    }

    [Fact]
    public void StartParsing_Again_ChangesNothing()
    {
        var job = AJob.Parsing();

        Assert.Same(job, job.StartParsing(Later));
    }

    [Fact]
    public void AwaitPhotos_NothingNewFound_ChangesNothing()
    {
        var job = AJob.Parsing();
        SourcePhoto parsed = job.Source with { PixelHash = new('a', 64) }, back = new("back.jpg", "0x2", 7, new('b', 64));

        var waiting = job.AwaitPhotos(parsed, [back], job.Request, Later);

        Assert.Equal((JobState.Parsing, parsed, Later), (waiting.State, waiting.Source, waiting.UpdatedAt));
        Assert.Equal([back], waiting.Sources);
        Assert.Same(waiting, waiting.AwaitPhotos(parsed, [back], job.Request, Later.AddSeconds(1)));
        Assert.Equal(Later.AddSeconds(1), waiting.AwaitPhotos(parsed, [back, back], job.Request, Later.AddSeconds(1)).UpdatedAt);
    }

    [Fact]
    public void TakeBy_QueuedJob_ClaimsItUnderTheNextFence()
    {
        var job = AJob.Queued();

        var taken = job.TakeBy("worker-9", AJob.Generator, ownerIsGone: false, Later);

        Assert.Equal(new("worker-9", taken.Fence, Later), taken.Claim);
        Assert.Equal((Later.UtcTicks, 1), (taken.Fence, taken.Attempt));
        Assert.Equal((Later, AJob.Generator), (taken.StartedAt, taken.Generator));
        Assert.Equal(7000, taken.Timings.QueueMilliseconds);
        Assert.True(taken.IsClaimedWith(taken.Fence));
        Assert.False(taken.IsClaimedWith(job.Fence));
    }

    [Fact]
    public void TakeBy_ClockWentBack_StillRaisesTheFence()
    {
        var first = AJob.Running();
        var second = first.TakeBy("worker-9", AJob.Generator, ownerIsGone: true, AJob.Now.AddDays(-1));

        Assert.Equal(first.Fence + 1, second.Fence);
    }

    [Fact]
    public void TakeBy_JobWithTheIdOfAnErasedOne_NeverHasItsNumbers()
    {
        var erased = AJob.Running().Cancel(AJob.Now);
        var again = AJob.Queued(erased.Id).TakeBy(AJob.Owner, AJob.Generator, ownerIsGone: false, Later);

        Assert.True(again.Fence > erased.Fence);
    }

    [Fact]
    public void TakeBy_OwnerGone_TakesOverAndKeepsTheFirstStart()
    {
        var lost = AJob.Running();

        var taken = lost.TakeBy("worker-9", AJob.Generator, ownerIsGone: true, Later);

        Assert.Equal((Later.UtcTicks, 2, AJob.Now), (taken.Fence, taken.Attempt, taken.StartedAt));
        Assert.Equal("worker-9", taken.Claim!.Owner);
    }

    [Theory]
    [MemberData(nameof(OtherThanRunning))]
    public void OwnersWrites_JobNoLongerRunning_AreStale(JobState state)
    {
        var job = AJob.In(state);

        AssertOwnersWritesAreStale(job, job.Fence);
    }

    [Fact]
    public void OwnersWrites_AfterTakeover_AreStaleForTheOldOwnerOnly()
    {
        var lost = AJob.Running();
        var taken = lost.TakeBy("worker-9", AJob.Generator, ownerIsGone: true, Later);

        AssertOwnersWritesAreStale(taken, lost.Fence);
        AssertOwnersWritesAreStale(taken, taken.Fence + 1);
        Assert.Equal(JobState.Failed, taken.Fail(taken.Fence, AJob.Failure, Later).State);
    }

    [Fact]
    public void OwnersWrites_AfterReleaseAndNewClaim_AreStaleForTheOldOwner()
    {
        var first = AJob.Running();
        var second = first.Release(first.Fence, Later)
            .TakeBy(AJob.Owner, AJob.Generator, ownerIsGone: false, Later);

        AssertOwnersWritesAreStale(second, first.Fence);
    }

    [Fact]
    public void OwnersWrites_AfterCancelAndAfterRetryOfAFailure_AreStale()
    {
        var running = AJob.Running();
        var retried = running.Refuse(AJob.Failure, Later).Retry(Later)
            .TakeBy(AJob.Owner, AJob.Generator, ownerIsGone: false, Later);

        AssertOwnersWritesAreStale(running.Cancel(Later), running.Fence);
        AssertOwnersWritesAreStale(retried, running.Fence);
    }

    [Fact]
    public void Complete_OneTargetOfTwoFailed_Succeeds()
    {
        var job = AJob.Running(request: AJob.Request(targets: 2));
        var targets = AJob.SucceededTargets(job);

        var done = job.Complete(job.Fence, [targets[0] with { State = TargetState.Failed, Result = null, Failure = AJob.Failure }, targets[1]], new(), Later);

        Assert.Equal((JobState.Succeeded, null), (done.State, done.Failure));
        Assert.Equal(7000, done.Timings.TotalMilliseconds);
    }

    [Fact]
    public void Complete_EveryTargetFailed_FailsForTheFirstReason()
    {
        var job = AJob.Running();

        var done = job.Complete(
            job.Fence, [job.Targets[0] with { State = TargetState.Failed, Failure = AJob.Failure }], new(), Later);

        Assert.Equal((JobState.Failed, AJob.Failure), (done.State, done.Failure));
    }

    [Fact]
    public void Expire_WaitingJob_SaysThatTheDeadlinePassed() =>
        Assert.Equal(FailureCodes.DeadlinePassed, AJob.Expired().Failure!.Code);

    [Fact]
    public void Retry_FailedBeforeParsing_StartsFromTheBeginning()
    {
        var retried = AJob.Accepted().Refuse(AJob.Failure, AJob.Now).Retry(Later);

        Assert.Equal((JobState.Accepted, null, null, 0), (retried.State, retried.Failure, retried.QueuedAt, retried.Attempt));
    }

    [Fact]
    public void Retry_FailedAfterParsing_QueuesAndForgetsOutcomesButNotTheFence()
    {
        var failed = AJob.Failed();

        var retried = failed.Retry(Later);

        Assert.Equal((JobState.Queued, failed.Fence, 0, Later), (retried.State, retried.Fence, retried.Attempt, retried.QueuedAt));
        Assert.All(retried.Targets, target => Assert.Equal((TargetState.Pending, null), (target.State, target.Failure)));
    }

    [Fact]
    public void Retry_PosePhotoThatWasNotParsed_StartsFromTheBeginning()
    {
        var failed = AJob.Failed(request: new() { Targets = [new() { Pose = "front" }, new() { Photo = "dancer.jpg" }] });

        var retried = failed.Retry(Later);

        Assert.Equal((JobState.Accepted, null), (retried.State, retried.QueuedAt));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void IsOverdue_WaitingJobAroundItsDeadline_HoldsFromThen(int seconds, bool overdue) =>
        Assert.Equal(overdue, AJob.Queued(request: AJob.Request(expiresAt: AJob.Now)).IsOverdue(AJob.Now.AddSeconds(seconds)));

    [Fact]
    public void IsOverdue_StartedFinishedOrWithoutDeadline_DoesNotHold()
    {
        var request = AJob.Request(expiresAt: AJob.Now);

        Assert.False(AJob.Running(request: request).IsOverdue(Later));
        Assert.False(AJob.Cancelled(request: request).IsOverdue(Later));
        Assert.False(AJob.Queued().IsOverdue(Later));
    }

    private static void AssertOwnersWritesAreStale(JobRecord job, long fence)
    {
        Assert.Throws<StaleClaimException>(() => job.Release(fence, Later));
        Assert.Throws<StaleClaimException>(() => job.Fail(fence, AJob.Failure, Later));
        Assert.Throws<StaleClaimException>(() => job.Complete(fence, AJob.SucceededTargets(job), new(), Later));
        Assert.False(job.IsClaimedWith(fence));
    }
}
