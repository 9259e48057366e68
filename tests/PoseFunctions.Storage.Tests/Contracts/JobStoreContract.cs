using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IJobStore"/> promises. Tests keep apart by their tenants.</summary>
public abstract class JobStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IJobStore Store { get; }

    [Theory]
    [MemberData(nameof(States))]
    public async Task TryCreateAsync_RecordInEveryState_ReadsBackEqual(JobState state)
    {
        var job = AJob.In(state);

        var created = await Store.TryCreateAsync(job, Cancellation);
        var found = await Store.FindAsync(job.Id, Cancellation);

        Assert.Equal(created!.Version, found!.Version);
        Assert.Equivalent(job, found.Record, strict: true);
    }

    [Fact]
    public async Task TryCreateAsync_RequestWithEverything_ReadsBackEqual()
    {
        var keypoints = Enumerable.Range(0, 18).Select(joint => joint == 3 ? null : new[] { joint / 18f, 0.5f }).ToArray();
        var request = new TransferRequest
        {
            Generator = "xing",
            Targets = [new() { Pose = "walk" }, new() { Photo = "a/\u202e\U0001F600.jpg" }, new() { Keypoints = keypoints }],
            Output = new() { Format = Core.Images.ImageFormat.WebP, Quality = 80, LongSide = 777, KeepBackground = true },
            ExpiresAt = AJob.Now.AddHours(1),
        };
        var job = AJob.Succeeded(request: request) with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

        await Store.TryCreateAsync(job, Cancellation);

        Assert.Equivalent(job, (await Store.FindAsync(job.Id, Cancellation))!.Record, strict: true);
    }

    [Fact]
    public async Task TryCreateAsync_IdTaken_ReturnsNullAndKeepsTheFirst()
    {
        var job = AJob.Queued();
        await Store.TryCreateAsync(job, Cancellation);

        var second = await Store.TryCreateAsync(AJob.Cancelled(job.Id), Cancellation);

        Assert.Null(second);
        Assert.Equal(JobState.Queued, (await Store.FindAsync(job.Id, Cancellation))!.Record.State);
    }

    [Fact]
    public async Task TryCreateAsync_EightAtOnce_ExactlyOneWins()
    {
        var id = AJob.NewId();

        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.TryCreateAsync(AJob.Accepted(id), Cancellation)));

        Assert.Single(created, job => job is not null);
    }

    [Fact]
    public async Task FindAsync_UnknownId_ReturnsNull() => Assert.Null(await Store.FindAsync(AJob.NewId(), Cancellation));

    [Fact]
    public async Task FindChangedAsync_SameVersion_ReturnsNull()
    {
        var job = await CreateAsync(AJob.Queued());

        Assert.Null(await Store.FindChangedAsync(job.Record.Id, job.Version, Cancellation));
    }

    [Fact]
    public async Task FindChangedAsync_ReplacedSince_ReturnsTheNewRecord()
    {
        var job = await CreateAsync(AJob.Queued());
        var next = await Store.ReplaceAsync(job, job.Record.Cancel(AJob.Now), Cancellation);

        var changed = await Store.FindChangedAsync(job.Record.Id, job.Version, Cancellation);

        Assert.Equal(next.Version, changed!.Version);
        Assert.Equal(JobState.Cancelled, changed.Record.State);
    }

    [Fact]
    public async Task FindChangedAsync_DeletedSince_Conflicts()
    {
        var job = await CreateAsync(AJob.Queued());
        await Store.DeleteAsync(job, Cancellation);

        await Assert.ThrowsAsync<JobConflictException>(() => Store.FindChangedAsync(job.Record.Id, job.Version, Cancellation));
    }

    [Fact]
    public async Task ReplaceAsync_VersionRead_Replaces()
    {
        var job = await CreateAsync(AJob.Queued());

        var replaced = await Store.ReplaceAsync(job, job.Record.Cancel(AJob.Now), Cancellation);

        Assert.NotEqual(job.Version, replaced.Version);
        var found = await Store.FindAsync(job.Record.Id, Cancellation);
        Assert.Equal(replaced.Version, found!.Version);
        Assert.Equal(JobState.Cancelled, found.Record.State);
    }

    [Theory]
    [MemberData(nameof(Transitions))]
    public async Task ReplaceAsync_ChangedByAnyTransitionSince_Conflicts(JobState from, string name)
    {
        var read = await CreateAsync(AJob.In(from));
        await Store.ReplaceAsync(read, JobTransitions.All[(from, name)](read.Record), Cancellation);

        await Assert.ThrowsAsync<JobConflictException>(
            () => Store.ReplaceAsync(read, read.Record with { TraceParent = "stale" }, Cancellation));
        Assert.Null((await Store.FindAsync(read.Record.Id, Cancellation))!.Record.TraceParent);
    }

    [Fact]
    public async Task ReplaceAsync_DeletedSince_Conflicts()
    {
        var job = await CreateAsync(AJob.Queued());
        await Store.DeleteAsync(job, Cancellation);

        await Assert.ThrowsAsync<JobConflictException>(
            () => Store.ReplaceAsync(job, job.Record.Cancel(AJob.Now), Cancellation));
        Assert.Null(await Store.FindAsync(job.Record.Id, Cancellation));
    }

    [Fact]
    public async Task ReplaceAsync_EightWorkersClaimAtOnce_ExactlyOneWins()
    {
        var job = await CreateAsync(AJob.Queued());

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => ClaimAsync(job, $"worker-{worker}")));

        var winner = Assert.Single(claims, owner => owner is not null);
        Assert.Equal(winner, (await Store.FindAsync(job.Record.Id, Cancellation))!.Record.Claim!.Owner);
    }

    [Fact]
    public async Task ReplaceAsync_EightEqualWritesAtOnce_ExactlyOneWins()
    {
        var job = await CreateAsync(AJob.Queued());

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ClaimAsync(job, AJob.Owner)));

        Assert.Single(claims, owner => owner is not null);
    }

    [Fact]
    public async Task ReplaceAsync_WrittenByANewerRevision_IsRefusedAndKept()
    {
        var job = await CreateAsync(AJob.Queued() with { SchemaVersion = JobRecord.CurrentSchemaVersion + 1 });

        await Assert.ThrowsAsync<NewerSchemaException>(() => Store.ReplaceAsync(job, job.Record.Cancel(AJob.Now), Cancellation));
        await Assert.ThrowsAsync<NewerSchemaException>(() => Store.DeleteAsync(job, Cancellation));

        Assert.Equal(job.Version, (await Store.FindAsync(job.Record.Id, Cancellation))!.Version);
    }

    [Fact]
    public async Task DeleteAsync_VersionRead_Deletes()
    {
        var job = await CreateAsync(AJob.Succeeded());

        await Store.DeleteAsync(job, Cancellation);

        Assert.Null(await Store.FindAsync(job.Record.Id, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_ChangedSince_ConflictsAndKeeps()
    {
        var job = await CreateAsync(AJob.Queued());
        await Store.ReplaceAsync(job, job.Record.Cancel(AJob.Now), Cancellation);

        await Assert.ThrowsAsync<JobConflictException>(() => Store.DeleteAsync(job, Cancellation));
        Assert.NotNull(await Store.FindAsync(job.Record.Id, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_DeletedAlready_IsNoError()
    {
        var job = await CreateAsync(AJob.Succeeded());
        await Store.DeleteAsync(job, Cancellation);

        await Store.DeleteAsync(job, Cancellation);
    }

    [Fact]
    public async Task ListAsync_FiveJobsInPagesOfTwo_TellsAllOfTheTenantInOrder()
    {
        var tenant = NewTenant();
        var jobs = new[] { AJob.Accepted, AJob.Queued, AJob.Succeeded, AJob.Failed, (Func<JobId?, TransferRequest?, JobRecord>)AJob.Cancelled }
            .Select(job => job(AJob.NewId(tenant), null)).ToList();
        foreach (var job in jobs)
        {
            await CreateAsync(job);
        }

        await CreateAsync(AJob.Queued(AJob.NewId(Tenant.Parse($"{tenant}-neighbour"))));

        var pages = await PagesAsync(tenant, pageSize: 2);

        Assert.Equal([2, 2, 1], pages.Select(page => page.Jobs.Count));
        Assert.Equal(
            jobs.Select(job => (job.Id, job.State)).OrderBy(job => job.Id.Digest, StringComparer.Ordinal),
            pages.SelectMany(page => page.Jobs).Select(job => (job.Id, job.State)));
    }

    [Fact]
    public async Task ListAsync_RunningJobWithDeadline_TellsOwnerAndTimes()
    {
        var tenant = NewTenant();
        var deadline = AJob.Now.AddHours(1).ToOffset(TimeSpan.FromHours(2));
        var job = AJob.Running(AJob.NewId(tenant), AJob.Request(expiresAt: deadline), owner: "wörker/1 %");
        await CreateAsync(job);

        var summary = Assert.Single((await Store.ListAsync(tenant, 10, null, Cancellation)).Jobs);

        Assert.Equal(new(job.Id, JobState.Running, "wörker/1 %", job.UpdatedAt, deadline), summary);
    }

    [Fact]
    public async Task ListAsync_AllTenants_TellsJobsOfEach()
    {
        var ids = new[] { AJob.NewId(NewTenant()), AJob.NewId(NewTenant()) };
        foreach (var id in ids)
        {
            await CreateAsync(AJob.Queued(id));
        }

        var told = (await PagesAsync(tenant: null, pageSize: 100)).SelectMany(page => page.Jobs).Select(job => job.Id);

        Assert.Superset(ids.ToHashSet(), told.ToHashSet());
    }

    [Fact]
    public async Task ListAsync_NoJobs_IsOneEmptyPage()
    {
        var page = await Store.ListAsync(NewTenant(), 10, null, Cancellation);

        Assert.Empty(page.Jobs);
        Assert.Null(page.Continuation);
    }

    public static TheoryData<JobState> States() => [.. Enum.GetValues<JobState>()];

    public static TheoryData<JobState, string> Transitions() =>
        [.. JobTransitions.All.Keys.Select(key => new TheoryDataRow<JobState, string>(key.From, key.Name))];

    protected static Tenant NewTenant() => Tenant.Parse($"t{Guid.NewGuid():n}");

    protected async Task<StoredJob> CreateAsync(JobRecord job) =>
        await Store.TryCreateAsync(job, Cancellation) ?? throw new InvalidOperationException("The id is taken.");

    private async Task<string?> ClaimAsync(StoredJob job, string owner)
    {
        var next = job.Record.TakeBy(owner, AJob.Generator, ownerIsGone: false, AJob.Now);
        try
        {
            await Store.ReplaceAsync(job, next, Cancellation);
            return owner;
        }
        catch (JobConflictException)
        {
            return null;
        }
    }

    private async Task<List<JobPage>> PagesAsync(Tenant? tenant, int pageSize)
    {
        var pages = new List<JobPage>();
        do
        {
            pages.Add(await Store.ListAsync(tenant, pageSize, pages.LastOrDefault()?.Continuation, Cancellation));
        }
        while (pages[^1].Continuation is not null);
        return pages;
    }
}
