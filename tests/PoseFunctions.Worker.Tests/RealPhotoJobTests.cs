using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Real photos, published parsing models plugged in by manifest, the shipped generator, real storage.</summary>
public sealed class RealPhotoJobTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("coco_ccby", "000000000785.jpg")]
    [InlineData("tf_pose", "image2.jpeg")]
    [InlineData("kazuhito_parsing", "image", "000335.png")]
    [InlineData("kazuhito_parsing", "image", "000342.png")]
    public async Task Job_RealPhoto_Succeeds(params string[] photo)
    {
        var content = await File.ReadAllBytesAsync(SharedTestData.Require(["photos", .. photo]), Cancel);
        PublishedModels.Install(models);
        PeopleModels.Link(models, ["flow-transfer"]);
        await using var worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models, Cancel);

        var id = await worker.DropAsync(photo[^1], content, Cancel);
        var job = await worker.HandleAsync(photo[^1], id, Cancel);

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        Assert.All(job.Targets, target => Assert.Equal(TargetState.Succeeded, target.State));
    }

    public void Dispose() => Directory.Delete(models, recursive: true);
}
