using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>Cancel, retry and delete, also while others change the same job.</summary>
public sealed class ChangeJobTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData(JobState.Accepted)]
    [InlineData(JobState.Queued)]
    [InlineData(JobState.Running)]
    [InlineData(JobState.Cancelled)]
    public async Task CancelJob_NotEndedOtherwise_IsCancelled(JobState state)
    {
        var job = await api.AddAsync(AJob.In(state));
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/cancel");

        Assert.Equal("cancelled", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(JobState.Cancelled, (await api.Records.FindAsync(job.Record.Id, Cancel))!.Record.State);
    }

    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Expired)]
    public async Task CancelJob_Ended_IsAConflict(JobState state)
    {
        var job = await api.AddAsync(AJob.In(state));
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/cancel");

        await response.AssertProblemAsync(409, FailureCodes.JobStateConflict);
    }

    [Fact]
    public async Task CancelJob_ChangedMeanwhile_DecidesAnew()
    {
        var job = await api.AddAsync(AJob.Queued());
        var interferences = 0;
        api.Jobs.BeforeWrite = async current =>
        {
            if (interferences++ == 0)
            {
                await api.ChangeAsync(current.Record.Id, record => record.TakeBy("w", AJob.Generator, false, AJob.Now));
            }
        };
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/cancel");

        Assert.Equal("cancelled", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(2, interferences);
        Assert.Equal(1, (await api.Records.FindAsync(job.Record.Id, Cancel))!.Record.Attempt);
    }

    [Fact]
    public async Task CancelJob_FinishedMeanwhile_IsAConflictAndKeepsTheResult()
    {
        var job = await api.AddAsync(AJob.Running());
        api.Jobs.BeforeWrite = current => api.ChangeAsync(
            current.Record.Id, record => record.IsFinal ? record : record.Complete(record.Fence, AJob.SucceededTargets(record), record.Timings, AJob.Now));
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/cancel");

        await response.AssertProblemAsync(409, FailureCodes.JobStateConflict);
        Assert.Equal(JobState.Succeeded, (await api.Records.FindAsync(job.Record.Id, Cancel))!.Record.State);
    }

    [Fact]
    public async Task CancelJob_OthersAlwaysFaster_AsksToTryAgain()
    {
        var job = await api.AddAsync(AJob.Running());
        api.Jobs.BeforeWrite = current => api.ChangeAsync(current.Record.Id, record => record with { UpdatedAt = record.UpdatedAt.AddTicks(1) });
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/cancel");

        await response.AssertProblemAsync(409, FailureCodes.JobStateConflict);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task RetryJob_FailedAfterParsing_IsQueuedAgain()
    {
        var job = await api.AddAsync(AJob.Failed());
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/retry");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("queued", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(job.Record.Id, api.Queue.Receive()!.JobId);
    }

    [Fact]
    public async Task RetryJob_FailedBeforeParsing_IsLeftToTheSweep()
    {
        var job = await api.AddAsync(AJob.Accepted().Refuse(AJob.Failure, AJob.Now));
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/retry");

        Assert.Equal("accepted", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Null(api.Queue.Receive());
    }

    [Fact]
    public async Task RetryJob_Succeeded_IsAConflict()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{job.Record.Id}/retry");

        await response.AssertProblemAsync(409, FailureCodes.JobStateConflict);
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/cancel")]
    public async Task ChangeJob_Unknown_IsUnknown(string method, string suffix)
    {
        using var response = await api.Client.SendAsync(new HttpMethod(method), $"jobs/{AJob.NewId()}{suffix}");

        await response.AssertProblemAsync(404, FailureCodes.JobUnknown);
    }

    [Fact]
    public async Task DeleteJob_ErasesPhotoRequestPosePhotosResultsAndRecord()
    {
        var form = Requests.Form(request: """{"targets":[{"photo":"dancer.jpg"}]}""");
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", "dancer.jpg");
        using var created = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);
        Assert.True(JobId.TryParse(await created.IdAsync(), out var id));
        var record = (await api.Records.FindAsync(id, Cancel))!.Record;
        await api.Images.WriteAsync(id, record.Fence, 0, ImageFormat.Jpeg, new byte[10], Cancel);
        await api.Requests.WriteAsync(id.Tenant, id.Digest, "{}"u8.ToArray(), Cancel);

        using var response = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Null(await api.Records.FindAsync(id, Cancel));
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.Uploads, id, record.Source.BlobName));
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, record.Request.Targets[0].Photo!));
        Assert.Null(await api.Requests.FindAsync(id.Tenant, id.Digest, Cancel));
        Assert.Equal(0, api.Images.Count);
    }

    [Fact]
    public async Task DeleteJob_PosePhotoOfSomebodyElse_IsKept()
    {
        var request = new TransferRequest { Targets = [new() { Photo = "shared/dancer.jpg" }] };
        var job = await api.AddAsync(AJob.Queued(request: request));
        api.Photos.Add(PhotoContainer.PosePhotos, "default", "shared/dancer.jpg", Requests.Photo);

        using var response = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{job.Record.Id}");

        await using var photo = await api.FindPhotoAsync(PhotoContainer.PosePhotos, job.Record.Id, "shared/dancer.jpg");
        Assert.NotNull(photo);
    }

    [Fact]
    public async Task DeleteJob_DroppedPhotoThatWasReplacedSince_KeepsTheNewerOne()
    {
        var version = api.Photos.Add(PhotoContainer.Uploads, "default", "drop.jpg", Requests.Photo);
        var id = JobId.FromUpload(Tenant.Default, "drop.jpg", version);
        await api.AddAsync(JobRecord.Accept(id, new("drop.jpg", version, 10), AJob.Request(), AJob.Now, traceParent: null));
        api.Photos.Add(PhotoContainer.Uploads, "default", "drop.jpg", Requests.Photo);

        using var response = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, id, "drop.jpg");
        Assert.NotNull(photo);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Conflict)]
    [InlineData(false, HttpStatusCode.NoContent)]
    public async Task DeleteJob_PhotoUnderANameThatNoUrlCarries_WaitsUntilItsToolDeletedIt(bool isThere, HttpStatusCode status)
    {
        var id = UploadHandler.JobIdOf("default", "../x.jpg", "", new Dictionary<string, string>());
        await api.AddAsync(JobRecord.Accept(id, new("../x.jpg", "", 0), new(), AJob.Now, traceParent: null));
        if (isThere)
        {
            api.Photos.Add(PhotoContainer.Uploads, "default", "../x.jpg", Requests.Photo);
        }

        using var response = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(isThere, await api.Records.FindAsync(id, Cancel) is not null);
    }

    [Fact]
    public async Task DeleteJob_Running_CancelsFirstSoThatTheWorkerIsRefused()
    {
        var job = await api.AddAsync(AJob.Running());
        StoredJob? erased = null;
        api.Results.BeforeDelete = async () => erased ??= await api.Records.FindAsync(job.Record.Id, Cancel);

        using var response = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{job.Record.Id}");

        Assert.Equal(JobState.Cancelled, erased!.Record.State);
        Assert.False(erased.Record.IsClaimedWith(job.Record.Fence));
    }

    [Fact]
    public async Task DeleteJob_DiesHalfway_LeavesTheRecordAndNoPhoto()
    {
        var version = api.Photos.Add(PhotoContainer.Uploads, "default", "drop.jpg", Requests.Photo);
        var id = JobId.FromUpload(Tenant.Default, "drop.jpg", version);
        await api.AddAsync(JobRecord.Accept(id, new("drop.jpg", version, 10), AJob.Request(), AJob.Now, traceParent: null));
        api.Results.BeforeDelete = () => throw new InfrastructureException("storage is away", isTransient: true);

        using var broken = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");

        await broken.AssertProblemAsync(503, FailureCodes.Unavailable);
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.Uploads, id, "drop.jpg"));
        Assert.NotNull(await api.Records.FindAsync(id, Cancel));

        api.Results.BeforeDelete = () => Task.CompletedTask;
        using var again = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Null(await api.Records.FindAsync(id, Cancel));
    }
}
