using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Tests.Generation.Composition;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Running;

public sealed class RunJobHandlerTests
{
    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_GeneratorCannotDoOneTarget_FailsThatTargetOnly()
    {
        var images = 0;
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(_ => ++images == 2
            ? throw new InfrastructureException("secret detail", isTransient: false)
            : Task.CompletedTask));

        var job = await RunAsync(worker, await UploadAsync(worker));

        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt));
        Assert.Equal([true, false, true, true], job.Targets.Select(target => target.State == TargetState.Succeeded));
        Assert.Equal(FailureCodes.GenerationFailed, job.Targets[1].Failure?.Code);
        Assert.DoesNotContain("secret", job.Targets[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_GeneratorFailsForNow_HandsTheJobBack()
    {
        using var worker = new WorkerProcess(
            shared, generator: new ShadingGenerator(_ => throw new InfrastructureException("no memory", isTransient: true)));
        var id = await UploadAsync(worker);

        await Assert.ThrowsAsync<InfrastructureException>(() => RunAsync(worker, id));

        Assert.Equal(JobState.Queued, (await shared.Jobs.FindAsync(id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task HandleAsync_HostStopsInTheMiddle_HandsTheJobOverWithAMessageOfItsOwn()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator(async _ =>
        {
            await stopping.CancelAsync();
            stopping.Token.ThrowIfCancellationRequested();
        }));
        var id = await UploadAsync(worker);

        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, stopping.Token);

        Assert.Equal((JobState.Queued, null), ((await FindAsync(id)).State, (await FindAsync(id)).Claim));
        using var other = new WorkerProcess(shared);
        Assert.Equal((JobState.Succeeded, 2), ((await RunAsync(other, id)).State, (await FindAsync(id)).Attempt));
    }

    [Fact]
    public async Task HandleAsync_RecordOfANewerRevision_IsLeftToThatRevision()
    {
        using var worker = new WorkerProcess(shared);
        var id = await UploadAsync(worker);
        var queued = (await shared.Jobs.FindAsync(id, Cancel))!;
        var newer = await shared.Jobs.ReplaceAsync(
            queued, queued.Record with { SchemaVersion = JobRecord.CurrentSchemaVersion + 1 }, Cancel);

        await Assert.ThrowsAsync<NewerSchemaException>(() => worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel));

        Assert.Equal(newer.Version, (await shared.Jobs.FindAsync(id, Cancel))!.Version);
    }

    [Fact]
    public async Task HandleAsync_OwnCopyOfThePersonSmallerThanPhotosMayBe_Succeeds()
    {
        Assert.True(Surroundings.LongSide < 800);
        using var worker = new WorkerProcess(shared, codec: new RawCodec(minSide: 600));

        var job = await RunAsync(worker, await UploadAsync(worker, width: 600, height: 800));

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
    }

    [Fact]
    public async Task HandleAsync_MostTargets_HoldsNoMoreLargeImagesThanThereAreCores()
    {
        var parser = new WaitingParser();
        using var worker = new WorkerProcess(shared, parser: parser);
        var id = await UploadAsync(worker, metadata: new()
        {
            [PhotoMetadata.Poses] = string.Join(',', Enumerable.Repeat("front", TransferRequestRules.MaxTargets)),
        });

        var running = RunAsync(worker, id);
        Assert.InRange(parser.Waiting, 1, Environment.ProcessorCount);
        parser.Release();

        Assert.All((await running).Targets, target => Assert.Equal(TargetState.Succeeded, target.State));
    }

    [Theory]
    [InlineData(16, 0.25)]
    [InlineData(64, 1)]
    public async Task HandleAsync_GeneratorThatTellsWhereThePersonComesFrom_RecordsCoverageAndThePhotosOwnSize(int seenRows, double coverage)
    {
        using var worker = new WorkerProcess(shared, generator: Telling(seenRows));

        var job = await RunAsync(worker, await UploadAsync(worker));

        Assert.All(job.Targets, target => Assert.Equal(coverage, target.Result!.Coverage!.Value, 0.15));
        Assert.All(job.Targets, target => Assert.Equal((90, 120), (target.Result!.NativeWidth, target.Result.NativeHeight)));
    }

    [Fact]
    public async Task HandleAsync_GeneratorThatDoesNotTell_RecordsNoCoverageAndItsOwnSize()
    {
        using var worker = new WorkerProcess(shared);

        var job = await RunAsync(worker, await UploadAsync(worker));

        Assert.All(job.Targets, target => Assert.Null(target.Result!.Coverage));
        Assert.All(job.Targets, target => Assert.InRange(target.Result!.NativeHeight, 1, 40));
    }

    [Theory]
    [InlineData("0.2", null)]
    [InlineData("0.6", FailureCodes.CoverageTooLow)]
    public async Task HandleAsync_MinCoverage_RefusesTargetsThatThePhotoShowsLessOf(string minCoverage, string? code)
    {
        using var worker = new WorkerProcess(shared, generator: Telling(seenRows: 24));

        var job = await RunAsync(worker, await UploadAsync(worker, metadata: new() { [PhotoMetadata.MinCoverage] = minCoverage }));

        Assert.All(job.Targets, target => Assert.Equal(code, target.Failure?.Code));
        Assert.Equal(code is null ? 4 : 0, shared.Results.Count);
    }

    [Fact]
    public async Task HandleAsync_MinCoverageOfAGeneratorThatDoesNotTell_IsRefusedBeforeAnyAttempt()
    {
        using var worker = new WorkerProcess(shared);

        var job = await RunAsync(worker, await UploadAsync(worker, metadata: new() { [PhotoMetadata.MinCoverage] = "0" }));

        Assert.Equal((JobState.Failed, FailureCodes.GeneratorUnsuitable, 0), (job.State, job.Failure?.Code, job.Attempt));
    }

    [Theory]
    [InlineData("false", FailureCodes.LimbsUnseen, 0)]
    [InlineData("true", null, 1)]
    public async Task HandleAsync_PoseShowsLegsThatThePhotoDoesNot_IsPaintedByRequestOnly(string invent, string? code, int generated)
    {
        var made = 0;
        using var worker = new WorkerProcess(
            shared,
            parser: new StandingPersonParser(jointsInPicture: (int)Joint.RightKnee),
            generator: new ShadingGenerator { Generating = _ => made++ });

        var job = await RunAsync(
            worker, await UploadAsync(worker, metadata: new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.InventLimbs] = invent }));

        var target = Assert.Single(job.Targets);
        Assert.Equal((code, generated), (target.Failure?.Code, made));
        Assert.Equal(code is null, target.Result?.LimbsInvented ?? false);
    }

    [Fact]
    public async Task HandleAsync_LegsThatNeitherPhotoNorResultShows_AreNoMatter()
    {
        using var worker = new WorkerProcess(
            shared, parser: new StandingPersonParser(jointsInPicture: (int)Joint.RightKnee), generator: Telling(seenRows: 64));
        var points = Standing(0, 0);
        foreach (var joint in (Joint[])[Joint.RightKnee, Joint.LeftKnee, Joint.RightAnkle, Joint.LeftAnkle])
        {
            points[(int)joint] = [points[(int)joint]![0], 1.2f];
        }

        var job = await RunAsync(worker, await UploadAsync(worker, new TransferRequest { Targets = [new() { Keypoints = points }] }));

        Assert.Equal((JobState.Succeeded, false), (job.State, job.Targets[0].Result!.LimbsInvented));
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, -1f)]
    [InlineData(0f, 0.99f)]
    public async Task HandleAsync_KeypointsShiftedOutOfThePhoto_FailTheirTargetOnly(float right, float down)
    {
        using var worker = new WorkerProcess(shared);
        var outside = new TargetPose { Keypoints = Standing(right, down) };

        var job = await RunAsync(worker, await UploadAsync(worker, new TransferRequest { Targets = [outside, new() { Pose = "front" }] }));

        Assert.Equal((JobState.Succeeded, 1), (job.State, shared.Results.Count));
        Assert.Equal([FailureCodes.PoseOutside, null], job.Targets.Select(target => target.Failure?.Code));
    }

    [Theory]
    [InlineData(0.3f, 0f)]
    [InlineData(-0.3f, 0f)]
    [InlineData(0f, 0.5f)]
    public async Task HandleAsync_KeypointsShiftedPartlyOutOfThePhoto_ArePainted(float right, float down)
    {
        using var worker = new WorkerProcess(shared, generator: Telling(seenRows: 64));

        var job = await RunAsync(
            worker, await UploadAsync(worker, new TransferRequest { Targets = [new() { Keypoints = Standing(right, down) }] }));

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
    }

    [Fact]
    public async Task HandleAsync_KeypointsAtTheOrigin_AreMissing()
    {
        var seen = new List<Pose>();
        using var worker = new WorkerProcess(shared, generator: new ShadingGenerator { Generating = input => seen.Add(input.TargetPose) });
        var points = Standing(0, 0);
        var (zeros, nulls) = (points.ToArray(), points.ToArray());
        (zeros[(int)Joint.LeftWrist], nulls[(int)Joint.LeftWrist]) = ([0, 0], null);

        var job = await RunAsync(
            worker, await UploadAsync(worker, new TransferRequest { Targets = [new() { Keypoints = zeros }, new() { Keypoints = nulls }] }));

        Assert.All(seen, pose => Assert.True(pose[Joint.LeftWrist].IsMissing));
        Assert.Equal(job.Targets[0].Result!.InputHash, job.Targets[1].Result!.InputHash);
    }

    [Fact]
    public async Task HandleAsync_TransparentBackground_IsEncodedWithAnOpacity()
    {
        var codec = new RawCodec();
        using var worker = new WorkerProcess(shared, codec: codec, generator: Telling(seenRows: 64));

        await RunAsync(worker, await UploadAsync(worker, With(new() { Format = ImageFormat.Png, Background = BackgroundOption.Transparent })));

        var opacity = Assert.Single(codec.Encoded, options => options.Provenance is not null).Opacity!;
        Assert.Equal(90 * 120, opacity.Length);
        Assert.Contains((byte)0, opacity);
        Assert.Contains((byte)255, opacity);
    }

    [Theory]
    [InlineData("keep", 200)]
    [InlineData("#0a0a0a", 10)]
    public async Task HandleAsync_OpaqueBackground_StandsBehindThePerson(string background, byte shade)
    {
        var codec = new RawCodec();
        using var worker = new WorkerProcess(shared, codec: codec);
        Assert.True(BackgroundOption.TryParse(background, out var option));

        var job = await RunAsync(worker, await UploadAsync(worker, With(new() { Background = option })));

        Assert.Null(Assert.Single(codec.Encoded, options => options.Provenance is not null).Opacity);
        await using var result = (await shared.Results.OpenAsync(job.Id, 0, ImageFormat.Jpeg, Cancel))!;
        result.Seek(-1, SeekOrigin.End);
        Assert.Equal(shade, result.ReadByte());
    }

    [Fact]
    public async Task HandleAsync_AnotherBackgroundOrPerson_IsAnotherInput()
    {
        using var worker = new WorkerProcess(shared);
        var hashes = new List<string>();
        foreach (var request in (TransferRequest[])
            [With(new()), With(new() { Background = BackgroundOption.TryParse("#ffffff", out var white) ? white : null! }), With(new()) with { Person = new(PersonRule.Left) }])
        {
            hashes.Add((await RunAsync(worker, await UploadAsync(worker, request))).Targets[0].Result!.InputHash!);
        }

        Assert.Distinct(hashes);
    }

    [Fact]
    public async Task HandleAsync_PersonWhoLies_IsPaintedStanding()
    {
        var lying = new StandingPersonParser { Finds = photo => [StandingPersonParser.StandingIn(new(0, 0, photo.Width, photo.Height), Math.PI / 2)] };
        using var worker = new WorkerProcess(shared, parser: lying, generator: Telling(seenRows: 64));

        var job = await RunAsync(worker, await UploadAsync(worker));

        Assert.All(job.Targets, target => Assert.Equal((120, 90), (target.Result!.Width, target.Result.Height)));
    }

    private static ShadingGenerator Telling(int seenRows) =>
        new() { Flow = Flows.Shifted(visibility: (_, row) => row < seenRows ? 1 : 0) };

    private static TransferRequest With(OutputOptions output) => new() { Targets = [new() { Pose = "front" }], Output = output };

    /// <summary>Somebody in the middle of the photo, moved by photo widths and heights.</summary>
    private static float[]?[] Standing(float right, float down) =>
    [
        .. PoseLibrary.Load().Get("front").Keypoints.Select(point => point is null ? null : new[] { 0.5f + (point[0] * 0.9f) + right, 0.5f + (point[1] * 0.9f) + down }),
    ];

    private Task<JobId> UploadAsync(WorkerProcess worker, TransferRequest request) =>
        UploadAsync(worker, metadata: new() { [PhotoMetadata.Request] = Convert.ToBase64String(TransferRequestJson.Write(request)) });

    private async Task<JobId> UploadAsync(
        WorkerProcess worker, int width = 90, int height = 120, Dictionary<string, string>? metadata = null)
    {
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(width, height, 200), metadata);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        return JobId.FromUpload(Tenant.Default, "photo.raw", etag);
    }

    private async Task<JobRecord> RunAsync(WorkerProcess worker, JobId id)
    {
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        return await FindAsync(id);
    }

    private async Task<JobRecord> FindAsync(JobId id) => (await shared.Jobs.FindAsync(id, Cancel))!.Record;
}
