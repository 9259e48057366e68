using System.Diagnostics;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Processes;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>Real worker processes that are asked to end, or killed, while they work: scale-in, as an orchestrator does it.</summary>
public sealed class DrainedWorkerTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int ManyTargets = 64;

    /// <summary>
    /// Longer than any test waits, and than messages stay hidden: whatever is finished all the same was handed over, and did not
    /// wait for anything to run out.
    /// </summary>
    private static readonly Dictionary<string, string> LongClaims = new() { ["Transfers__LeaseDuration"] = "00:10:00" };

    /// <summary>With this too, the host does not let the generation finish: what runs is cancelled almost at once.</summary>
    private static readonly Dictionary<string, string> ShortGrace = new(LongClaims) { ["LocalHost__Grace"] = "00:00:00.2" };

    private AzuriteProcess azurite = null!;
    private JobStorage storage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        storage = new(azurite.ConnectionString);
    }

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    [Fact]
    public async Task Terminate_InTheMiddleOfAGeneration_AnotherWorkerCompletesTheJobAtOnce()
    {
        await using var first = await StartAsync(ShortGrace);
        await using var second = await StartAsync(ShortGrace);
        await DropAsync(first, "photo.jpg", ManyTargets);
        var claimed = await storage.ClaimedAsync();
        var (owner, other) = claimed.Claim!.Owner == first.LeaseId ? (first, second) : (second, first);

        var asked = Stopwatch.GetTimestamp();
        var exitCode = await owner.StopAsync(Cancel);
        var ended = Stopwatch.GetElapsedTime(asked);
        await storage.UntilAsync(records => records[0].Attempt == 2);
        output.WriteLine($"ended after {ended.TotalSeconds:0.00} s, taken up again after {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.00} s");
        var job = (await storage.UntilAsync(records => records[0].IsFinal))[0];

        Assert.True(exitCode == 0, $"It ended with {exitCode}.\n{owner.Log}");
        Assert.Contains("is handed over to another worker", owner.Log, StringComparison.Ordinal);
        Assert.Equal((JobState.Succeeded, 2), (job.State, job.Attempt));
        Assert.Equal(ManyTargets, (await storage.ResultsAsync()).Count);
        Assert.Equal(other.LeaseId, Assert.Single(await storage.LeasesAsync()));
    }

    [Fact]
    public async Task Terminate_TheOnlyWorkerWithManyJobs_LeavesNoneClaimedAndTheNextOneFinishesAll()
    {
        const int Jobs = 30;
        await using (var worker = await StartAsync(LongClaims))
        {
            for (var job = 0; job < Jobs; job++)
            {
                await DropAsync(worker, $"photo-{job}.jpg", targets: 4);
            }

            await storage.UntilAsync(records => records.Any(record => record.State == JobState.Running));
            var exitCode = await worker.StopAsync(Cancel);
            Assert.True(exitCode == 0, $"It ended with {exitCode}.\n{worker.Log}");
        }

        var left = await storage.RecordsAsync();
        output.WriteLine(string.Join(", ", left.CountBy(record => record.State).Select(count => $"{count.Value} {count.Key}")));
        Assert.DoesNotContain(left, record => record.Claim is not null);
        Assert.Contains(left, record => record.State == JobState.Queued);
        Assert.Empty(await storage.LeasesAsync());

        await using var next = await StartAsync(LongClaims);
        var records = await storage.UntilAsync(records => records.Count == Jobs && records.All(record => record.IsFinal));
        Assert.All(records, record => Assert.Equal(JobState.Succeeded, record.State));
        Assert.Equal(4 * Jobs, (await storage.ResultsAsync()).Count);
    }

    [Fact]
    public async Task Kill_InTheMiddleOfAGeneration_AnotherWorkerCompletesTheJobWithinSeconds()
    {
        await using var first = await StartAsync([]);
        await using var second = await StartAsync([]);
        await DropAsync(first, "photo.jpg", ManyTargets);
        var claimed = await storage.ClaimedAsync();
        var owner = claimed.Claim!.Owner == first.LeaseId ? first : second;

        var killed = Stopwatch.GetTimestamp();
        await owner.KillWorkerAsync(Cancel);
        var again = (await storage.UntilAsync(records => records[0].Attempt == 2))[0];
        var taken = Stopwatch.GetElapsedTime(killed);
        var job = (await storage.UntilAsync(records => records[0].IsFinal))[0];
        output.WriteLine($"taken up again after {taken.TotalSeconds:0.00} s");

        Assert.NotEqual(claimed.Claim.Owner, again.Claim?.Owner);
        Assert.Equal((JobState.Succeeded, 2), (job.State, job.Attempt));
        Assert.Equal(ManyTargets, (await storage.ResultsAsync()).Count);

        // Lease, watchdog and a margin for a machine that does other things as well.
        Assert.InRange(taken, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static Task DropAsync(LocalHostProcess host, string name, int targets) =>
        new JobStorage(host.StorageConnection).DropAsync(name, targets);

    private Task<LocalHostProcess> StartAsync(Dictionary<string, string> settings) => LocalHostProcess.StartAsync(
        new LocalHostArguments(azurite.ConnectionString) { Apps = ["worker"], Settings = settings }, Cancel);
}
