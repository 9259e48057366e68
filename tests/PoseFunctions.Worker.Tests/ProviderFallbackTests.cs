using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Leases;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>A worker that falls back to the CPU says so where health finds it.</summary>
public sealed class ProviderFallbackTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_ProviderIsNotThere_NamesTheOneAskedForAndTheOneInUse()
    {
        await using var worker = await WorkerUnderTest.StartAsync(
            azurite.ConnectionString, models: null, Cancel, new("Inference:Provider", "imaginary"), new("Inference:WarmUp", "none"));

        var id = await worker.Services.GetRequiredService<WorkerLeaseKeeper>().CurrentIdAsync(Cancel);
        var lease = await worker.Services.GetRequiredService<IWorkerLeaseStore>().FindAsync(id, Cancel);

        Assert.Equal(("imaginary", "cpu"), (lease?.RequestedProvider, lease?.Provider));
    }
}
