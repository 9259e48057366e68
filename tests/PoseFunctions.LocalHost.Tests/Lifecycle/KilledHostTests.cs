using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Lifecycle;

/// <summary>A host process that is ended without a chance to clean up.</summary>
public sealed class KilledHostTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_OfKilledHost_EndsByItself()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        var worker = await host.WorkerIdAsync();

        await host.Process.KillAsync();

        await Eventually.BeAsync(() => !Processes.IsRunning(worker));
    }

    [Fact]
    public async Task Messages_OfKilledHost_AreAllStillThere()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        await host.SendAsync("slow", "running 600000");
        await host.Journal.WaitForAsync("QueueSlow", "running 600000 begins");
        await host.Process.KillAsync();
        await host.SendAsync("slow", "waiting 1");

        await host.StartAsync();

        await host.Journal.WaitForAsync("QueueSlow", "waiting 1 ends");

        // The message that ran stays hidden for the ten minutes that the queue listener fixes, on Azure too.
        await Eventually.SeeAsync(
            async () => (await host.Queue("slow").GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount, count => count == 1);
    }

    [Fact]
    public async Task PolledBlobsAndTimers_OfKilledHost_RunAtOnceAfterItsNextStart()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        await host.Process.KillAsync();
        var ticks = host.Journal.Of("TimerTick").Count;
        var container = await host.ContainerAsync("polled");
        await container.UploadBlobAsync("texts/late.txt", BinaryData.FromString("content"), Cancel);

        await host.StartAsync();

        await host.Journal.WaitForAsync("PolledText", "late.txt content");
        await host.Journal.WaitForAsync("TimerTick", ticks + 1);
    }
}
