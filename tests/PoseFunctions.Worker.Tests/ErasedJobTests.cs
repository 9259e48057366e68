using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>After a DELETE, at whatever moment, no container holds anything of the job: neither now nor when the worker is done.</summary>
public sealed class ErasedJobTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    public static TheoryData<Moment> Moments => [.. Enum.GetValues<Moment>()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Delete_AtAnyMoment_LeavesNothingInAnyContainer(Moment moment)
    {
        await using var service = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        var key = $"order {moment}";
        var id = await service.SubmitAsync(key, await SubmissionAsync("me.jpg"), Cancel);

        // A second request with the same key at the same time, under another file name.
        await service.SubmitAsync(key, await SubmissionAsync("myself.jpg"), Cancel);
        service.Interruption.When = moment;
        service.Interruption.What = async () =>
        {
            var containers = (await service.BlobsAsync(Cancel)).Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]);
            output.WriteLine($"erased with blobs in {string.Join(", ", containers.Distinct())}");
            await service.DeleteAsync(id, Cancel);
        };

        await service.Interruption.ReachAsync(Moment.Accepted);
        await service.ParseAsync("default", $"{id.Digest}/me.jpg", Cancel);
        await service.Interruption.ReachAsync(Moment.Queued);
        foreach (var message in await service.TakeMessagesAsync(Cancel))
        {
            await service.RunAsync(message, Cancel);
        }

        await service.Interruption.ReachAsync(Moment.Succeeded);
        Assert.True(service.Interruption.HasHappened);
        Assert.Empty(await service.BlobsAsync(Cancel));
    }

    [Fact]
    public async Task Delete_RefusedPhotoAndPhotoOfAForbiddenTenant_LeavesNothingInAnyContainer()
    {
        await using var service = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        await service.DropAsync("default/empty.png", PlainPng(), Cancel);
        await service.DropAsync("Shop A/me.jpg", await PhotoAsync("person-0.jpg"), Cancel);
        await service.ParseAsync("default", "empty.png", Cancel);
        await service.ParseAsync("Shop A", "me.jpg", Cancel);
        var jobs = (await service.Jobs.ListAsync(tenant: null, 10, continuation: null, Cancel)).Jobs;
        Assert.Equal([JobState.Failed, JobState.Failed], jobs.Select(job => job.State));

        foreach (var job in jobs)
        {
            await service.DeleteAsync(job.Id, Cancel);
        }

        Assert.Empty(await service.BlobsAsync(Cancel));
    }

    /// <summary>A job with something in every container: a pose photo of its own, and a request too long for metadata.</summary>
    private static async Task<JobSubmission> SubmissionAsync(string name)
    {
        var (photo, pose) = (await PhotoAsync("person-5.jpg"), await PhotoAsync("person-1.jpg"));
        var drawn = new TargetPose { Keypoints = [.. Enumerable.Range(1, 18).Select(joint => new[] { 0.3f + (joint / 77.7f), joint / 23.456f })] };
        return new(
            new(name, photo.Length, () => new MemoryStream(photo)),
            new Dictionary<string, SubmittedPhoto> { ["pose.jpg"] = new("pose.jpg", pose.Length, () => new MemoryStream(pose)) },
            new() { Targets = [new() { Pose = "front" }, new() { Photo = "pose.jpg" }, .. Enumerable.Repeat(drawn, 12)] });
    }

    private static Task<byte[]> PhotoAsync(string name) => File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", name), Cancel);

    private static byte[] PlainPng()
    {
        using var image = RgbImage.Rent(new(300, 400));
        image.Pixels.Fill(180);
        return new Imaging.ImageCodec(Microsoft.Extensions.Options.Options.Create(new ImageLimits())).Encode(image, new(ImageFormat.Png));
    }
}
