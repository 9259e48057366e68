using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Worker.Functions;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>What the host writes about a blob that it gave up.</summary>
public sealed class PoisonUploadTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("acme/a/b.jpg", "acme")]
    [InlineData("beside.jpg", "unassigned")]
    public async Task PoisonUpload_UploadThatCouldNotBeParsed_BecomesAFailedJob(string fullName, string tenant)
    {
        await using var service = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        await service.DropAsync(fullName, [1], Cancel);

        await PoisonAsync(service, "uploads", fullName);

        var job = Assert.Single((await service.Jobs.ListAsync(Tenant.Parse(tenant), 10, continuation: null, Cancel)).Jobs);
        var record = (await service.Jobs.FindAsync(job.Id, Cancel))!.Record;
        Assert.Equal((JobState.Failed, FailureCodes.AttemptsExhausted), (record.State, record.Failure?.Code));
        Assert.Equal(UploadName.Parse(fullName).Name, record.Source.BlobName);
    }

    [Fact]
    public async Task PoisonUpload_BlobOfAnotherContainer_IsNoneOfOurs()
    {
        await using var service = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        await service.DropAsync("other/photo.jpg", [1], Cancel);

        await PoisonAsync(service, "elsewhere", "other/photo.jpg");

        Assert.Empty((await service.Jobs.ListAsync(Tenant.Parse("other"), 10, continuation: null, Cancel)).Jobs);
    }

    private static Task PoisonAsync(ServiceUnderTest service, string container, string blob) =>
        ActivatorUtilities.CreateInstance<PoisonUploadFunction>(service.Services).RunAsync(
            BinaryData.FromString($$"""
                {"Type":"BlobTrigger","FunctionId":"Host.Functions.ParseUpload","BlobType":"BlockBlob","ContainerName":"{{container}}","BlobName":"{{blob}}","ETag":"\"0x1\""}
                """),
            Cancel);
}
