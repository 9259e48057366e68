using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Photos as shops have them: several people, much wall, upside down; and what callers say about them.</summary>
public sealed class SurprisingPhotoTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;
    private WorkerUnderTest worker = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("two.jpg")]
    [InlineData("two-04.jpg")]
    public async Task Job_TwoPeople_IsAboutOneOfThemAndTellsWhom(string name)
    {
        var job = await RunAsync(Case(name), new() { [PhotoMetadata.Poses] = "front" });

        AssertSucceeded(job);
        Assert.Equal(2, job.Source.People);

        // Where two stand so close that they touch, a part of the other is taken for theirs.
        Assert.InRange(job.Source.Person!.Value.Width, 1, job.Source.Width!.Value * 0.75);
    }

    [Fact]
    public async Task Job_LeftOrRightOfTwoPeople_IsAboutTheOneAskedFor()
    {
        var photo = Case("two.jpg");

        var left = await RunAsync(photo, new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Person] = "left" });
        var right = await RunAsync(photo, new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Person] = "right" });
        var boxed = await RunAsync(photo, new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Person] = "0.5,0,0.5,1" });

        Assert.All([left, right, boxed], AssertSucceeded);
        var middle = left.Source.Width!.Value / 2.0;
        Assert.InRange(left.Source.Person!.Value.CenterX, 0, middle);
        Assert.InRange(right.Source.Person!.Value.CenterX, middle, 2 * middle);
        Assert.Equal(right.Source.Person, boxed.Source.Person);
    }

    [Fact]
    public async Task Job_OnlyPersonOfTwo_IsRefusedAndSaysHowMany()
    {
        var job = await RunAsync(Case("two.jpg"), new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Person] = "only" });

        Assert.Equal((JobState.Failed, FailureCodes.PersonAmbiguous), (job.State, job.Failure?.Code));
        Assert.Contains("2 people", job.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_BoxWhereNobodyIs_IsRefused()
    {
        var job = await RunAsync(Case("w2x1.jpg"), new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Person] = "0,0,0.1,0.1" });

        Assert.Equal((JobState.Failed, FailureCodes.PersonMissing), (job.State, job.Failure?.Code));
    }

    [Theory]
    [InlineData("w16x9.jpg")]
    [InlineData("w2x1.jpg")]
    public async Task Job_MuchWallBesideThePerson_Succeeds(string name)
    {
        var job = await RunAsync(Case(name), new() { [PhotoMetadata.Poses] = "front" });

        AssertSucceeded(job);
        Assert.Equal((1, 0), (job.Source.People, job.Source.Turns));
        Assert.InRange(job.Source.Person!.Value.Height, 0.5 * job.Source.Height!.Value, job.Source.Height.Value);
    }

    [Fact]
    public async Task Job_PhotoUpsideDown_IsTurnedAndTellsSo()
    {
        var job = await RunAsync(Case("upside.jpg"), new() { [PhotoMetadata.Poses] = "front" });

        AssertSucceeded(job);
        Assert.Equal(2, job.Source.Turns);
    }

    [Fact]
    public async Task Job_KeypointsOffTheFrame_FailsThatTargetOnly()
    {
        var away = Enumerable.Range(0, Skeleton.JointCount).Select(joint => (float[]?)[1.2f + (0.01f * joint), 0.5f]).ToArray();
        var request = new TransferRequest { Targets = [new() { Keypoints = away }, new() { Pose = "front" }] };

        var job = await RunAsync(Sample(), Carried(request));

        AssertSucceeded(job);
        Assert.Equal(FailureCodes.PoseOutside, job.Targets[0].Failure?.Code);
        Assert.Equal(TargetState.Succeeded, job.Targets[1].State);
    }

    [Fact]
    public async Task Job_DefaultGenerator_TellsCoverageAndTheSizeOfRealDetail()
    {
        var job = await RunAsync(Sample(), new() { [PhotoMetadata.Poses] = "front" });

        AssertSucceeded(job);
        var result = job.Targets[0].Result!;
        output.WriteLine($"coverage {result.Coverage:0.000}, detail up to {result.NativeWidth} x {result.NativeHeight} of {result.Width} x {result.Height}");
        Assert.InRange(result.Coverage!.Value, 0.05, 1);

        // The photo is larger than its result, so there is real detail in all of it.
        Assert.Equal((result.Width, result.Height), (result.NativeWidth, result.NativeHeight));
    }

    [Fact]
    public async Task Job_MoreCoverageAskedForThanThereIs_FailsThoseTargets()
    {
        var job = await RunAsync(Sample(), new() { [PhotoMetadata.Poses] = "back", [PhotoMetadata.MinCoverage] = "1" });

        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal(FailureCodes.CoverageTooLow, job.Targets[0].Failure?.Code);
        Assert.Null(job.Targets[0].Result);
    }

    [Fact]
    public async Task Job_TransparentBackground_LeavesOnlyThePerson()
    {
        var job = await RunAsync(
            Sample(), new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Background] = "transparent", [PhotoMetadata.Format] = "png" });

        AssertSucceeded(job);
        using var image = NetVips.Image.NewFromBuffer(await worker.ResultAsync(job, ImageFormat.Png, Cancel));
        Assert.Equal(4, image.Bands);
        using var opacity = image[3];
        Assert.Equal((0, 255), (opacity.Getpoint(0, 0)[0], opacity.Max()));
        Assert.InRange(opacity.Avg(), 5, 200);
    }

    [Fact]
    public async Task Job_PlainBackground_StandsInEveryCorner()
    {
        var job = await RunAsync(
            Sample(), new() { [PhotoMetadata.Poses] = "front", [PhotoMetadata.Background] = "#20c040", [PhotoMetadata.Format] = "png" });

        AssertSucceeded(job);
        using var image = NetVips.Image.NewFromBuffer(await worker.ResultAsync(job, ImageFormat.Png, Cancel));
        Assert.All(
            [image.Getpoint(0, 0), image.Getpoint(image.Width - 1, 0), image.Getpoint(0, image.Height - 1)],
            corner => Assert.Equal([0x20, 0xC0, 0x40], corner));
    }

    public async ValueTask InitializeAsync()
    {
        PeopleModels.Link(models, [.. PeopleModels.Names, "flow-transfer"]);
        worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models, Cancel, new KeyValuePair<string, string?>("Inference:WarmUp", "none"));
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        Directory.Delete(models, recursive: true);
    }

    private static byte[] Case(string name) => File.ReadAllBytes(SharedTestData.Require("cases", name));

    private static byte[] Sample() => File.ReadAllBytes(RepositoryRoot.Combine("models", "samples", "person-5.jpg"));

    private static Dictionary<string, string> Carried(TransferRequest request) =>
        new() { [PhotoMetadata.Request] = Convert.ToBase64String(TransferRequestJson.Write(request)) };

    private static void AssertSucceeded(JobRecord job) =>
        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure} {string.Join(", ", job.Targets.Select(target => target.Failure))}");

    private async Task<JobRecord> RunAsync(byte[] photo, Dictionary<string, string> metadata)
    {
        var name = $"{Guid.NewGuid()}.jpg";
        return await worker.HandleAsync(name, await worker.DropAsync(name, photo, Cancel, metadata), Cancel);
    }
}
