using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>One rendered person from the front and from behind: real models, both apps, real storage.</summary>
public sealed class SeveralSourcesJobTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private static readonly string[] Poses = ["front", "back"];

    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(models, recursive: true);

    [Fact]
    public async Task Submit_BackBesideTheFront_ShowsMoreOfABackPoseAndNoLessOfAFrontPose()
    {
        await using var service = await StartAsync();
        var alone = await FinishAsync(service, await service.SubmitAsync("alone", await SubmissionAsync(), Cancel));
        var both = await FinishAsync(service, await service.SubmitAsync("both", await SubmissionAsync("back.jpg"), Cancel));

        TestContext.Current.TestOutputHelper!.WriteLine($"front and back pose: alone {Coverages(alone)}, with the back {Coverages(both)}");
        Assert.True(CoverageOf(both, 1) > CoverageOf(alone, 1) + 0.3);
        Assert.True(CoverageOf(both, 0) >= CoverageOf(alone, 0) - 0.02);
        var back = Assert.Single(both.Sources);
        Assert.Equal((480, 640, 1, 0), (back.Width, back.Height, back.People, back.Turns));
        Assert.NotNull(back.Person);

        var replay = await ReplayAsync(service, both);
        Assert.Equal(both.Targets.Select(target => target.Result!.InputHash), replay.Targets.Select(target => target.Result!.InputHash));
        Assert.Equal(await FileAsync(service, both), await FileAsync(service, replay));

        await service.DeleteAsync(replay.Id, Cancel);
        await service.DeleteAsync(both.Id, Cancel);
        var left = await service.BlobsAsync(Cancel);
        Assert.DoesNotContain(left, name => name.Contains(both.Id.Digest, StringComparison.Ordinal) || name.Contains(back.PixelHash!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drop_FrontWhoseBackComesLater_RunsOnceTheBackIsThere()
    {
        await using var service = await StartAsync();
        var metadata = new Dictionary<string, string> { [PhotoMetadata.Poses] = "back", [PhotoMetadata.Sources] = "shoot/back.jpg" };
        var store = service.Services.GetRequiredService<IPhotoStore>();
        var etag = await store.WriteAsync(
            PhotoContainer.Uploads, Tenant.Default, "dropped.jpg", new MemoryStream(await PhotoAsync("front.jpg")), metadata, Cancel);
        await service.ParseAsync("default", "dropped.jpg", Cancel);
        Assert.Empty(await service.TakeMessagesAsync(Cancel));

        await store.WriteAsync(
            PhotoContainer.PosePhotos, Tenant.Default, "shoot/back.jpg", new MemoryStream(await PhotoAsync("back.jpg")), new Dictionary<string, string>(), Cancel);
        await service.ParseAsync("default", "dropped.jpg", Cancel);
        await service.RunAsync(Assert.Single(await service.TakeMessagesAsync(Cancel)), Cancel);

        var job = (await service.Jobs.FindAsync(JobId.FromUpload(Tenant.Default, "dropped.jpg", etag), Cancel))!.Record;
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal("shoot/back.jpg", Assert.Single(job.Sources).BlobName);
        Assert.True(CoverageOf(job, 0) > 0.5);
    }

    private static double CoverageOf(JobRecord job, int target) => job.Targets[target].Result!.Coverage!.Value;

    private static string Coverages(JobRecord job) => string.Join(" and ", job.Targets.Select(target => $"{target.Result!.Coverage:P0}"));

    private static Task<byte[]> PhotoAsync(string name) =>
        File.ReadAllBytesAsync(RepositoryRoot.Combine("tests", "PoseFunctions.Worker.Tests", "Photos", name), Cancel);

    private static async Task<SubmittedPhoto> SubmittedAsync(string name)
    {
        var content = await PhotoAsync(name);
        return new(name, content.Length, () => new MemoryStream(content, writable: false));
    }

    private static async Task<JobSubmission> SubmissionAsync(params string[] sources)
    {
        var request = new TransferRequest
        {
            Generator = "flow-transfer",
            Targets = [.. Poses.Select(pose => new TargetPose { Pose = pose })],
            Sources = sources,
            Output = new(ImageFormat.Png),
        };
        var along = new Dictionary<string, SubmittedPhoto>();
        foreach (var name in sources)
        {
            along[name] = await SubmittedAsync(name);
        }

        return new(await SubmittedAsync("front.jpg"), new Dictionary<string, SubmittedPhoto>(), request) { SourcePhotos = along };
    }

    private static async Task<JobRecord> ReplayAsync(ServiceUnderTest service, JobRecord job)
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, "replay");
        await service.Services.GetRequiredService<ReplayJobHandler>().ReplayAsync(job.Id, id, "replay", Cancel);
        return await FinishAsync(service, id);
    }

    private static async Task<JobRecord> FinishAsync(ServiceUnderTest service, JobId id)
    {
        var name = (await service.Jobs.FindAsync(id, Cancel))!.Record.Source.BlobName;
        await service.ParseAsync("default", name, Cancel);
        await service.RunAsync(Assert.Single(await service.TakeMessagesAsync(Cancel)), Cancel);
        var job = (await service.Jobs.FindAsync(id, Cancel))!.Record;
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        return job;
    }

    private static async Task<byte[]> FileAsync(ServiceUnderTest service, JobRecord job)
    {
        await using var content = (await service.Services.GetRequiredService<IResultStore>().OpenAsync(job.Id, 1, ImageFormat.Png, Cancel))!;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    private Task<ServiceUnderTest> StartAsync()
    {
        PeopleModels.Link(models, [.. PeopleModels.Names, "flow-transfer"]);
        return ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel, models);
    }
}
