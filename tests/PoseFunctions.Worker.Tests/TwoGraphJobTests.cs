using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Jobs of a stochastic generator of two graphs: a tiny SCAM in real sessions, over real storage.</summary>
public sealed class TwoGraphJobTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private static readonly OutputOptions Output = new(ImageFormat.Png);

    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;
    private readonly BatchProbe encoderRuns = new("scam-encoder");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        encoderRuns.Dispose();
        Directory.Delete(models, recursive: true);
    }

    [Fact]
    public async Task Jobs_OfOnePhoto_RunTheEncoderOnceHoweverManyTargetsAndWorkersThereAre()
    {
        string[] poses = ["front", "walking", "side-left", "back", "wave"];
        await using (var service = await StartAsync())
        {
            var before = encoderRuns.Runs;
            var job = await RunAsync(service, "first", await SubmissionAsync(2, Poses(poses)));
            Assert.All(job.Targets, target => Assert.Equal(TargetState.Succeeded, target.State));
            Assert.Equal(before + 1, encoderRuns.Runs);

            var own = (await service.BlobsAsync(Cancel)).Where(name => name.Contains(job.Source.PixelHash!, StringComparison.Ordinal));
            Assert.Single(own, name => name.Contains(".latents-", StringComparison.Ordinal));
        }

        // A worker that remembers nothing finds them in storage; warming up runs sessions, not batches.
        await using var later = await StartAsync();
        var known = encoderRuns.Runs;
        var again = await RunAsync(later, "second", await SubmissionAsync(2, Poses("t-pose")));
        Assert.Equal((JobState.Succeeded, known), (again.State, encoderRuns.Runs));

        await later.DeleteAsync(again.Id, Cancel);
        Assert.DoesNotContain(await later.BlobsAsync(Cancel), name => name.Contains(again.Source.PixelHash!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_OfAJob_GivesTheSameFilesToTheLastBit()
    {
        await using var service = await StartAsync();
        var original = await RunAsync(service, "original", await SubmissionAsync(1, Poses("front", "walking")));
        Assert.Equal((64, ModelVariant.Exact), (original.Generator!.ModelHash!.Length, original.Generator.Variant));
        Assert.NotNull(original.Generator.Seed);

        var key = JobId.FromIdempotencyKey(Tenant.Default, "replay");
        var replayed = await service.Services.GetRequiredService<ReplayJobHandler>().ReplayAsync(original.Id, key, "replay", Cancel);
        var replay = await FinishAsync(service, replayed.Record);
        var other = await RunAsync(service, "other seed", await SubmissionAsync(1, Poses("front", "walking") with { Seed = 4711 }));

        Assert.Equal(original.Generator, replay.Generator);
        Assert.Equal(InputHashes(original), InputHashes(replay));
        Assert.Equal(await FilesAsync(service, original), await FilesAsync(service, replay));
        Assert.Equal(4711, other.Generator!.Seed);
        Assert.Empty(InputHashes(original).Intersect(InputHashes(other)));
        Assert.Empty((await FilesAsync(service, original)).Intersect(await FilesAsync(service, other)));

        // Each has its own photos: erasing one leaves the other.
        await service.DeleteAsync(original.Id, Cancel);
        Assert.Contains(await service.BlobsAsync(Cancel), name => name.StartsWith($"uploads/default/{replay.Id.Digest}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_WithALayoutModel_NameItAndReplayToTheLastBit()
    {
        var request = Poses("front", "back") with { Seed = 4711 };
        JobRecord moved;
        await using (var without = await StartAsync())
        {
            moved = await RunAsync(without, "moved limbs", await SubmissionAsync(1, request));
        }

        Install(RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "layout"), "layout");
        await using var service = await StartAsync();
        var original = await RunAsync(service, "predicted", await SubmissionAsync(1, request));
        var key = JobId.FromIdempotencyKey(Tenant.Default, "replay predicted");
        var replayed = await service.Services.GetRequiredService<ReplayJobHandler>().ReplayAsync(original.Id, key, "replay predicted", Cancel);
        var replay = await FinishAsync(service, replayed.Record);

        Assert.Null(moved.Generator!.Layout);
        Assert.Empty(InputHashes(moved).Intersect(InputHashes(original)));
        Assert.Equal(("layout", "1.0.0"), (original.Generator!.Layout?.Name, original.Generator.Layout?.Version));
        Assert.Equal(original.Generator, replay.Generator);
        Assert.Equal(InputHashes(original), InputHashes(replay));
        Assert.Equal(await FilesAsync(service, original), await FilesAsync(service, replay));
    }

    [Fact]
    public async Task Jobs_OfTheScamAndTheLayoutModelThatShip_ShowWholePeople()
    {
        var layout = RepositoryRoot.Combine("models", "layout");
        Assert.SkipUnless(Directory.Exists(layout), "There is no models/layout.");
        Install(layout, "layout");
        Install(RepositoryRoot.Combine("models", "scam"), "scam");
        await using var service = await StartAsync();
        var (codec, parser) = (service.Services.GetRequiredService<IImageCodec>(), service.Services.GetRequiredService<IPersonParser>());

        var job = await RunAsync(service, "whole people", await SubmissionAsync(1, Poses("front", "back", "walking")));

        Assert.Equal("layout", job.Generator!.Layout?.Name);
        foreach (var file in await FilesAsync(service, job))
        {
            using var image = codec.Decode(Convert.FromBase64String(file));
            var people = await parser.FindAsync(image, Cancel);
            Assert.NotEmpty(people);
            var map = (await parser.ParseAsync(image, people[0].Square, Cancel)).Segmentation;
            var seen = map.Labels.CountBy(label => map.LabelNames[label]).Where(part => part.Value > map.Labels.Length / 500).Select(part => part.Key).ToArray();
            Assert.True(seen.Intersect(["hair", "face"]).Any() && seen.Contains("upper_clothes") && seen.Intersect(["lower_clothes", "legs"]).Any(), $"Seen: {string.Join(", ", seen)}");
        }
    }

    [Fact]
    public async Task Replay_LayoutModelWasRemoved_IsRefused()
    {
        Install(RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "layout"), "layout");
        JobRecord original;
        await using (var service = await StartAsync())
        {
            original = await RunAsync(service, "before", await SubmissionAsync(1, Poses("front")));
        }

        File.Delete(Path.Combine(models, "layout"));
        await using var later = await StartAsync();
        var key = JobId.FromIdempotencyKey(Tenant.Default, "after");
        var replayed = await later.Services.GetRequiredService<ReplayJobHandler>().ReplayAsync(original.Id, key, "after", Cancel);
        var replay = await FinishAsync(later, replayed.Record);

        Assert.Equal((JobState.Failed, FailureCodes.ModelChanged), (replay.State, replay.Failure?.Code));
    }

    [Fact]
    public async Task Replay_ModelWasExchanged_IsRefusedWithItsOwnCode()
    {
        await using var service = await StartAsync();

        var job = await RunAsync(service, "pinned", await SubmissionAsync(0, Poses("front") with { ModelHash = new('0', 64) }));

        Assert.Equal((JobState.Failed, FailureCodes.ModelChanged), (job.State, job.Failure?.Code));
    }

    [Fact]
    public async Task Scene_PhotoOfAnotherPerson_IsPaintedAndToldAndErased()
    {
        await using var service = await StartAsync();
        var request = new TransferRequest { Generator = "scam", Scene = "beach.jpg", Output = Output };
        var submission = await SubmissionAsync(3, request) with { ScenePhoto = await PhotoAsync(4, "beach.jpg") };

        var job = await RunAsync(service, "scene", submission);

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        var target = Assert.Single(job.Targets);
        Assert.Equal(JobTarget.SceneName, target.Name);
        Assert.Equal($"{job.Id.Digest}/scene-beach.jpg", job.Scene!.Name);
        Assert.Equal(2, job.PixelHashes.Count());
        Assert.NotEqual(job.Source.PixelHash, job.Scene.PixelHash);
        var own = await RunAsync(service, "own scene", await SubmissionAsync(3, request with { Seed = job.Seed }) with { ScenePhoto = await PhotoAsync(3, "beach.jpg") });
        Assert.NotEqual((await FilesAsync(service, own))[0], (await FilesAsync(service, job))[0]);

        await service.DeleteAsync(job.Id, Cancel);
        await service.DeleteAsync(own.Id, Cancel);
        string[] traces = [job.Id.Digest, own.Id.Digest, .. job.PixelHashes];
        Assert.DoesNotContain(await service.BlobsAsync(Cancel), name => traces.Any(trace => name.Contains(trace, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Scene_GeneratorWithoutAnEncoder_IsRefusedAtTheDoorAndByTheWorker()
    {
        Install(RepositoryRoot.Combine("models", "xinggan"), "xinggan");
        await using var service = await StartAsync();
        var request = new TransferRequest { Generator = "xinggan", Scene = "beach.jpg" };
        var submission = await SubmissionAsync(5, request) with { ScenePhoto = await PhotoAsync(0, "beach.jpg") };

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => service.SubmitAsync("unable", submission, Cancel));
        Assert.Equal(FailureCodes.GeneratorUnsuitable, refusal.Code);

        using var scene = new MemoryStream(await ContentAsync(0));
        await service.Services.GetRequiredService<IPhotoStore>().WriteAsync(
            PhotoContainer.PosePhotos, Tenant.Default, "dropped.jpg", scene, new Dictionary<string, string>(), Cancel);
        await service.DropAsync("default/dropped-me.jpg", await ContentAsync(5), Cancel, new() { ["scene"] = "dropped.jpg", ["generator"] = "xinggan" });
        await service.ParseAsync("default", "dropped-me.jpg", Cancel);
        await DeliverAsync(service);
        var jobs = (await service.Jobs.ListAsync(Tenant.Default, 100, continuation: null, Cancel)).Jobs;
        var records = await Task.WhenAll(jobs.Select(async job => (await service.Jobs.FindAsync(job.Id, Cancel))!.Record));
        var record = Assert.Single(records, found => found.Source.BlobName == "dropped-me.jpg");
        Assert.Equal((JobState.Failed, FailureCodes.GeneratorUnsuitable), (record.State, record.Failure?.Code));
    }

    private static TransferRequest Poses(params string[] names) =>
        new() { Generator = "scam", Targets = [.. names.Select(name => new TargetPose { Pose = name })], Output = Output };

    private static string[] InputHashes(JobRecord job) => [.. job.Targets.Select(target => target.Result!.InputHash!)];

    private static async Task<string[]> FilesAsync(ServiceUnderTest service, JobRecord job)
    {
        var files = new List<string>();
        foreach (var target in job.Targets)
        {
            await using var content = (await service.Services.GetRequiredService<IResultStore>().OpenAsync(job.Id, target.Index, ImageFormat.Png, Cancel))!;
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Cancel);
            files.Add(Convert.ToBase64String(copy.ToArray()));
        }

        return [.. files];
    }

    private static async Task<JobSubmission> SubmissionAsync(int person, TransferRequest request) =>
        new(await PhotoAsync(person, "me.jpg"), new Dictionary<string, SubmittedPhoto>(), request);

    private static async Task<SubmittedPhoto> PhotoAsync(int person, string name)
    {
        var content = await ContentAsync(person);
        return new(name, content.Length, () => new MemoryStream(content));
    }

    private static Task<byte[]> ContentAsync(int person) =>
        File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", $"person-{person}.jpg"), Cancel);

    private static async Task<JobRecord> RunAsync(ServiceUnderTest service, string key, JobSubmission submission)
    {
        var id = await service.SubmitAsync(key, submission, Cancel);
        return await FinishAsync(service, (await service.Jobs.FindAsync(id, Cancel))!.Record);
    }

    private static async Task<JobRecord> FinishAsync(ServiceUnderTest service, JobRecord accepted)
    {
        await service.ParseAsync("default", accepted.Source.BlobName, Cancel);
        await DeliverAsync(service);
        return (await service.Jobs.FindAsync(accepted.Id, Cancel))!.Record;
    }

    private static async Task DeliverAsync(ServiceUnderTest service)
    {
        foreach (var message in await service.TakeMessagesAsync(Cancel))
        {
            await service.RunAsync(message, Cancel);
        }
    }

    private Task<ServiceUnderTest> StartAsync()
    {
        if (!Directory.Exists(Path.Combine(models, PeopleModels.Names[0])))
        {
            PeopleModels.Link(models);
        }

        Install(RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "scam"), "scam");
        return ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel, models);
    }

    private void Install(string model, string name)
    {
        var link = Path.Combine(models, name);
        if (!Directory.Exists(link))
        {
            Directory.CreateSymbolicLink(link, model);
        }
    }
}
