using System.Diagnostics;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Lifecycle;

/// <summary>A worker process that ends while it has work.</summary>
public sealed class KilledWorkerTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Messages_OfKilledWorker_RunAgainOnAnother()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        await host.SendAsync("slow", "long 600000");
        await host.SendAsync("slow", "longer 600001");
        await host.Journal.WaitForAsync("QueueSlow", count: 2);
        var killed = host.Journal.Read()[^1].Process;

        var started = Stopwatch.GetTimestamp();
        Processes.Kill(killed);
        await host.Journal.WaitForAsync("QueueSlow", count: 4);
        var resumed = Stopwatch.GetElapsedTime(started);

        output.WriteLine($"The messages ran again {resumed.TotalSeconds:0.0} s after the kill.");
        Assert.DoesNotContain(host.Journal.Read().Where(entry => entry.Function == "QueueSlow").Skip(2), entry => entry.Process == killed);
        AssertWithinLimit(resumed, host);
    }

    [Fact]
    public async Task Requests_WhileNoWorkerIsReady_AreHeldAndAnswered()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        var killed = await host.WorkerIdAsync();

        Processes.Kill(killed);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.WorkerIdAsync()));

        Assert.Single(answers.Distinct());
        Assert.DoesNotContain(killed, answers);
    }

    /// <summary>On a machine that is busy with other things, three starts of a host are the measure.</summary>
    private static void AssertWithinLimit(TimeSpan time, SampleHost host)
    {
        var limit = TimeSpan.FromTicks(Math.Max(Limit.Ticks, 3 * host.Process.StartTime.Ticks));
        Assert.InRange(time, TimeSpan.Zero, limit);
    }
}
