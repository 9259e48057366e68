using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Intake;

public sealed class UploadHandlerTests
{
    private readonly SharedStorage shared = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_NoMetadata_QueuesTheDefaultPoses()
    {
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7));

        Assert.Equal(JobState.Queued, job.State);
        Assert.Equal(["front", "three-quarter-left", "side-right", "walking"], job.Targets.Select(target => target.Name));
        Assert.Equal((90, 120), (job.Source.Width, job.Source.Height));
        Assert.Equal(job.Id, shared.Queue.Receive()?.JobId);
    }

    [Theory]
    [InlineData("poses", "front,nobody-stands-so", FailureCodes.PoseUnknown)]
    [InlineData("format", "tiff", FailureCodes.RequestInvalid)]
    [InlineData("quality", "101", FailureCodes.RequestInvalid)]
    [InlineData("expiresat", "tomorrow", FailureCodes.RequestInvalid)]
    [InlineData("person", "everybody", FailureCodes.RequestInvalid)]
    [InlineData("background", "plaid", FailureCodes.RequestInvalid)]
    [InlineData("background", "transparent", FailureCodes.RequestInvalid)]
    [InlineData("mincoverage", "1.5", FailureCodes.RequestInvalid)]
    [InlineData("request", "%%%", FailureCodes.RequestInvalid)]
    [InlineData("requestkey", "nowhere", FailureCodes.RequestInvalid)]
    public async Task HandleAsync_BadMetadata_FailsWithItsCode(string key, string value, string code)
    {
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { [key] = value });

        Assert.Equal((JobState.Failed, code), (job.State, job.Failure?.Code));
        Assert.Null(shared.Queue.Receive());
    }

    [Theory]
    [InlineData(0f, 18, FailureCodes.PersonMissing)]
    [InlineData(0.2f, 18, FailureCodes.PersonUncertain)]
    [InlineData(0.9f, 8, FailureCodes.PersonIncomplete)]
    public async Task HandleAsync_PersonIsNotThere_SaysWhich(float confidence, int joints, string code)
    {
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), parser: new(confidence, joints));

        Assert.Equal((JobState.Failed, code), (job.State, job.Failure?.Code));
    }

    [Theory]
    [InlineData("left", 5, 45)]
    [InlineData("right", 45, 85)]
    [InlineData("0.5,0,0.5,1", 45, 85)]
    public async Task HandleAsync_PhotoOfTwo_RecordsHowManyAndWhoWasMeant(string person, double left, double right)
    {
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["person"] = person }, Two());

        Assert.Equal((JobState.Queued, 2, 0), (job.State, job.Source.People, job.Source.Turns));
        Assert.InRange(job.Source.Person!.Value.CenterX, left, right);
    }

    [Fact]
    public async Task HandleAsync_PersonWhoLies_RecordsThePhotoAsItStandsUpright()
    {
        var lying = new StandingPersonParser { Finds = photo => [StandingPersonParser.StandingIn(new(0, 0, photo.Width, photo.Height), Math.PI / 2)] };

        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), parser: lying);

        Assert.Equal((JobState.Queued, 3, 120, 90), (job.State, job.Source.Turns, job.Source.Width, job.Source.Height));
        Assert.True(job.Source.Person!.Value.Bottom <= 90);
    }

    [Theory]
    [InlineData("only", FailureCodes.PersonAmbiguous)]
    [InlineData("0.4,0,0.05,0.05", FailureCodes.PersonMissing)]
    public async Task HandleAsync_PhotoOfTwoOfWhomNobodyIsMeant_FailsAndKeepsNothing(string person, string code)
    {
        var parser = Two();
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["person"] = person }, parser);

        Assert.Equal((JobState.Failed, code, null), (job.State, job.Failure?.Code, job.Source.People));
        Assert.Equal((0, 0), (parser.Parsed, shared.Parsed.Count));
    }

    [Fact]
    public async Task HandleAsync_PhotoOfNobody_FailsUnparsed()
    {
        var parser = new StandingPersonParser { Finds = _ => [] };
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), parser: parser);

        Assert.Equal((FailureCodes.PersonMissing, 0), (job.Failure?.Code, parser.Parsed));
    }

    [Fact]
    public async Task HandleAsync_SamePictureForSomebodyElse_IsParsedForThemAndForgottenWithTheFirst()
    {
        var parser = Two();
        var one = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["person"] = "left" }, parser, "one.raw");
        var two = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["person"] = "right" }, parser, "two.raw");

        Assert.Equal((2, 2), (parser.Parsed, shared.Parsed.Count));
        Assert.Equal(one.Source.PixelHash, two.Source.PixelHash);
        Assert.NotEqual(one.Source.Person, two.Source.Person);

        await shared.Parsed.DeleteAsync(Tenant.Default, one.Source.PixelHash!, Cancel);
        Assert.Equal(0, shared.Parsed.Count);
    }

    [Fact]
    public async Task HandleAsync_NoPicture_FailsWithItsCode() =>
        Assert.Equal(FailureCodes.ImageFormatUnsupported, (await HandleAsync("<html>"u8.ToArray())).Failure?.Code);

    [Fact]
    public async Task HandleAsync_TenantIsNotAllowed_IsRecordedAsUnassigned()
    {
        using var worker = new WorkerProcess(shared);
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "Not A Tenant", "photo.raw", RawCodec.Picture(9, 9, 7));
        await worker.Uploads.HandleAsync("Not A Tenant", "photo.raw", Cancel);

        var id = JobId.FromUpload(Tenant.Unassigned, "Not A Tenant/photo.raw", etag);
        Assert.Equal(FailureCodes.TenantInvalid, (await shared.Jobs.FindAsync(id, Cancel))?.Record.Failure?.Code);
    }

    [Theory]
    [InlineData("../other/photo.raw")]
    [InlineData("nul\0.raw")]
    [InlineData("back\\slash.raw")]
    public async Task HandleAsync_NameThatNoUrlCarries_IsRefusedWithoutOpeningIt(string name)
    {
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", name, Cancel);
        await worker.Uploads.HandleAsync("default", name, Cancel);

        var page = await shared.Jobs.ListAsync(tenant: null, 10, continuation: null, Cancel);
        var job = (await shared.Jobs.FindAsync(Assert.Single(page.Jobs).Id, Cancel))!.Record;
        Assert.Equal(UploadHandler.JobIdOf("default", name, "any version", new Dictionary<string, string>()), job.Id);
        Assert.Equal((JobState.Failed, FailureCodes.RequestInvalid, name), (job.State, job.Failure?.Code, job.Source.BlobName));
    }

    [Fact]
    public async Task HandleAsync_SamePictureTwice_IsParsedOnce()
    {
        var parser = new StandingPersonParser();
        await HandleAsync(RawCodec.Picture(90, 120, 7), parser: parser, name: "one.raw");
        await HandleAsync(RawCodec.Picture(90, 120, 7), parser: parser, name: "two.raw");

        Assert.Equal(1, parser.Parsed);
        Assert.Equal(1, shared.Parsed.Count);
    }

    [Fact]
    public async Task HandleAsync_DeadlinePassed_ExpiresUnparsedAndWithoutAMessage()
    {
        var past = shared.Clock.GetUtcNow().AddSeconds(-1).ToString("O");
        var parser = new StandingPersonParser();
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["expiresat"] = past }, parser);

        Assert.Equal(0, parser.Parsed);

        Assert.Equal(JobState.Expired, job.State);
        Assert.Null(shared.Queue.Receive());
    }

    [Fact]
    public async Task HandleAsync_PoseFromPhoto_KeepsItsKeypointsInTheRecord()
    {
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "pose.raw", RawCodec.Picture(60, 80, 9));
        var request = TransferRequestJson.Write(new() { Targets = [new() { Photo = "pose.raw" }] });
        var job = await HandleAsync(RawCodec.Picture(90, 120, 7), new() { ["request"] = Convert.ToBase64String(request) });

        Assert.Equal(JobState.Queued, job.State);
        Assert.Equal(54, job.Targets[0].PhotoKeypoints?.Length);
    }

    [Fact]
    public async Task HandleAsync_PosePhotosThatCannotBeUsed_FailTheirTargetsAndSayWhichPhoto()
    {
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "folder/page.raw", "<html>"u8.ToArray());
        var job = await HandleAsync(new TargetPose { Photo = "folder/page.raw" }, new TargetPose { Pose = "front" }, new TargetPose { Photo = "gone.raw" });

        Assert.Equal(JobState.Queued, job.State);
        Assert.Equal(
            [FailureCodes.ImageFormatUnsupported, null, FailureCodes.PosePhotoMissing], job.Targets.Select(target => target.Failure?.Code));
        Assert.Contains("'page.raw'", job.Targets[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("'gone.raw'", job.Targets[2].Failure!.Message, StringComparison.Ordinal);

        using var worker = new WorkerProcess(shared);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);
        job = (await shared.Jobs.FindAsync(job.Id, Cancel))!.Record;
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal([TargetState.Failed, TargetState.Succeeded, TargetState.Failed], job.Targets.Select(target => target.State));
    }

    [Fact]
    public async Task HandleAsync_NoPosePhotoCanBeUsed_FailsAndIsParsedAgainWhenRetried()
    {
        var job = await HandleAsync(new TargetPose { Photo = "late.raw" });
        Assert.Equal((JobState.Failed, FailureCodes.PosePhotoMissing), (job.State, job.Failure?.Code));
        Assert.Null(shared.Queue.Receive());

        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "late.raw", RawCodec.Picture(60, 80, 9));
        await shared.Jobs.ChangeAsync(job.Id, known: null, record => record.Retry(shared.Clock.GetUtcNow()), Cancel);
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);

        job = (await shared.Jobs.FindAsync(job.Id, Cancel))!.Record;
        Assert.Equal((JobState.Queued, TargetState.Pending), (job.State, job.Targets[0].State));
    }

    [Fact]
    public async Task HandleAsync_OnePosePhotoForManyTargets_IsReadOnce()
    {
        shared.Photos.Add(PhotoContainer.PosePhotos, "default", "pose.raw", RawCodec.Picture(60, 80, 9));
        var pose = new TargetPose { Photo = "pose.raw" };
        var mortality = new Mortality();
        using var worker = new WorkerProcess(shared, mortality);
        await HandleAsync([pose], worker);
        var calls = mortality.Calls;
        var job = await HandleAsync([.. Enumerable.Repeat(pose, 64)], worker);

        Assert.All(job.Targets, target => Assert.Equal(54, target.PhotoKeypoints?.Length));
        Assert.InRange(mortality.Calls - calls, 1, calls);
    }

    [Fact]
    public async Task HandleAsync_PhotoWithAKey_KeepsTheFingerprintInTheRecord()
    {
        var job = await HandleKeyedAsync(fingerprint: "a", record: null);

        Assert.Equal((JobState.Queued, "a"), (job?.State, job?.Fingerprint));
    }

    [Theory]
    [InlineData("a", "photo.raw", JobState.Queued, null)]
    [InlineData(null, "photo.raw", JobState.Queued, null)]
    [InlineData("b", "other.raw", JobState.Accepted, null)]
    [InlineData("b", "photo.raw", JobState.Failed, FailureCodes.PhotoMissing)]
    public async Task HandleAsync_TwoRequestsWithOneKey_RunTheJobWithItsOwnPhotoOnly(
        string? fingerprintOfRecord, string photoOfRecord, JobState state, string? code)
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, "key");
        var record = JobRecord.Accept(
            id, new(photoOfRecord, "1", 3), new() { Targets = [new() { Pose = "front" }] }, shared.Clock.GetUtcNow(), null, fingerprintOfRecord);
        var job = await HandleKeyedAsync(fingerprint: "a", record);

        Assert.Equal((state, code), (job?.State, job?.Failure?.Code));
        Assert.Equal(state == JobState.Queued, shared.Queue.Receive() is not null);
    }

    /// <summary>Two people of like size side by side.</summary>
    private static StandingPersonParser Two() => new()
    {
        Finds = _ => [StandingPersonParser.StandingIn(new(5, 30, 40, 60)), StandingPersonParser.StandingIn(new(45, 30, 40, 60))],
    };

    private async Task<JobRecord?> HandleKeyedAsync(string fingerprint, JobRecord? record)
    {
        if (record is not null)
        {
            await shared.Jobs.TryCreateAsync(record, Cancel);
        }

        var metadata = new Dictionary<string, string>
        {
            [PhotoMetadata.IdempotencyKey] = "key",
            [PhotoMetadata.Fingerprint] = fingerprint,
            [PhotoMetadata.Poses] = "front",
        };
        shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, 7), metadata);
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        return (await shared.Jobs.FindAsync(JobId.FromIdempotencyKey(Tenant.Default, "key"), Cancel))?.Record;
    }

    private async Task<JobRecord> HandleAsync(params TargetPose[] targets)
    {
        using var worker = new WorkerProcess(shared);
        return await HandleAsync(targets, worker);
    }

    private async Task<JobRecord> HandleAsync(TargetPose[] targets, WorkerProcess worker)
    {
        var request = Convert.ToBase64String(TransferRequestJson.Write(new() { Targets = targets }));
        var etag = shared.Photos.Add(
            PhotoContainer.Uploads, "default", "photo.raw", RawCodec.Picture(90, 120, 7), new Dictionary<string, string> { ["request"] = request });
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        return (await shared.Jobs.FindAsync(JobId.FromUpload(Tenant.Default, "photo.raw", etag), Cancel))!.Record;
    }

    private async Task<JobRecord> HandleAsync(
        byte[] content, Dictionary<string, string>? metadata = null, StandingPersonParser? parser = null, string name = "photo.raw")
    {
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", name, content, metadata);
        using var worker = new WorkerProcess(shared, parser: parser);
        await worker.Uploads.HandleAsync("default", name, Cancel);
        return (await shared.Jobs.FindAsync(JobId.FromUpload(Tenant.Default, name, etag), Cancel))!.Record;
    }
}
