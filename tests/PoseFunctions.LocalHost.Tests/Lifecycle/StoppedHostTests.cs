using System.Net;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Lifecycle;

/// <summary>A host that is asked to stop while functions run.</summary>
public sealed class StoppedHostTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WhileFunctionsRun_LetsThemFinish()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        var answer = host.Http.GetAsync("/api/linger/1000", Cancel);
        await host.SendAsync("slow", "short 1000");
        await host.Journal.WaitForAsync("QueueSlow", "short 1000 begins");
        await host.Journal.WaitForAsync("Linger");
        var worker = host.Journal.Read()[^1].Process;

        await host.Process.TerminateAsync();

        Assert.Equal(0, await host.Process.ExitAsync());
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Contains("short 1000 ends", host.Journal.Of("QueueSlow"));
        Assert.False(Processes.IsRunning(worker));
        Assert.Equal(0, await MessagesAsync(host));
    }

    [Fact]
    public async Task Stop_PastTheGracePeriod_CancelsFunctionsAndGivesTheirMessagesBack()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString, arguments: ["--grace", "00:00:00.2"]).StartAsync();
        await host.SendAsync("slow", "long 600000");
        await host.Journal.WaitForAsync("QueueSlow", "long 600000 begins");

        await host.Process.TerminateAsync();

        Assert.Equal(0, await host.Process.ExitAsync());
        Assert.Contains("long 600000 cancelled", host.Journal.Of("QueueSlow"));
        await ComesBackAsync(host);
    }

    [Fact]
    public async Task Stop_WhileFunctionIgnoresCancellation_EndsItsWorkerAndGivesItsMessageBack()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString, arguments: ["--grace", "00:00:00.2"]).StartAsync();
        await host.SendAsync("slow", "deaf 600000");
        await host.Journal.WaitForAsync("QueueSlow", "deaf 600000 begins");
        var worker = host.Journal.Read().Last(entry => entry.Function == "QueueSlow").Process;

        await host.Process.TerminateAsync();

        Assert.Equal(0, await host.Process.ExitAsync());
        Assert.False(Processes.IsRunning(worker));
        await ComesBackAsync(host);
    }

    [Fact]
    public async Task Stop_UnderLoad_LeavesNoProcessHoweverOften()
    {
        const int Stops = 20;
        const int Messages = 12;
        await using var host = SampleHost.On(azurite.ConnectionString, arguments: ["--grace", "00:00:10"]);
        for (var stop = 0; stop < Stops; stop++)
        {
            await host.StartAsync();
            var worker = await host.WorkerIdAsync();
            await Task.WhenAll(Enumerable.Range(0, Messages).Select(index => host.SendAsync("slow", $"stop-{stop}-{index} 20")));
            var begin = $"stop-{stop}-";
            await Eventually.BeAsync(() => host.Journal.Of("QueueSlow").Any(text => text.StartsWith(begin, StringComparison.Ordinal)));

            await host.Process.TerminateAsync();

            Assert.Equal(0, await host.Process.ExitAsync());
            Assert.False(Processes.IsRunning(worker));
        }

        // Messages whose delivery was under way at the very moment stay hidden for ten minutes, on Azure too, and are there.
        var done = host.Journal.Of("QueueSlow").Where(text => text.EndsWith("ends", StringComparison.Ordinal)).Distinct().Count();
        Assert.InRange(done, 1, Stops * Messages);
        Assert.InRange(await MessagesAsync(host), (Stops * Messages) - done, Stops * Messages);
    }

    [Fact]
    public async Task Stop_BeforeTheStartIsComplete_EndsWithoutComplaint()
    {
        await using var host = SampleHost.On(azurite.ConnectionString);
        await using var process = host.Begin();
        var worker = (await Eventually.SeeAsync(() => Processes.ChildrenOf(process.Id), children => children.Count == 1))[0];

        await process.TerminateAsync();

        Assert.Equal(0, await process.ExitAsync());
        Assert.DoesNotContain(process.Log, line => line.Contains("cannot run", StringComparison.Ordinal));
        Assert.False(Processes.IsRunning(worker));
    }

    /// <summary>Waits until the only message is visible again.</summary>
    private static async Task ComesBackAsync(SampleHost host) => await Eventually.SeeAsync(
        async () => (await host.Queue("slow").PeekMessagesAsync(cancellationToken: Cancel)).Value, messages => messages.Length == 1);

    private static async Task<int> MessagesAsync(SampleHost host) =>
        (await host.Queue("slow").GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;
}
