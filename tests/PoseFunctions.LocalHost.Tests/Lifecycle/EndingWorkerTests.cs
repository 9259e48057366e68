using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Lifecycle;

/// <summary>An app that finds out only after it was ready that it cannot run.</summary>
public sealed class EndingWorkerTests(AzuriteFixture azurite)
{
    private const string Reason = "There is no GPU.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkersThatKeepEndingByThemselves_EndTheHostWithTheirSentence()
    {
        await using var host = await SampleHost.On(azurite.ConnectionString).StartAsync();
        await QuitAsync(host);
        await QuitAsync(host);
        await host.WorkerIdAsync();

        await QuitAsync(host);

        Assert.Equal(2, await host.Process.ExitAsync());
        Assert.Equal($"The local host cannot run: PoseFunctions.LocalHost.Sample: {Reason}", host.Process.Log.Last());
        Assert.DoesNotContain(host.Process.Log, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    /// <summary>Has the worker of the moment end, which leaves the request without an answer of its own.</summary>
    private static async Task QuitAsync(SampleHost host)
    {
        using var answer = await host.Http.PostAsync("/api/quit", new StringContent(Reason), Cancel);
        Assert.False(answer.IsSuccessStatusCode);
    }
}
