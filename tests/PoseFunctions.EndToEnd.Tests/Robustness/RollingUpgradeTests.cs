using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Processes;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>
/// Workers of two revisions on one storage, replaced one after the other while jobs keep coming. The older revision lies in the folder that
/// <c>POSEFUNCTIONS_PREVIOUS_APPS</c> names (with its published <c>worker</c> app in it); without it, this one plays both, and records and
/// messages of the first schema stand for what an older one left behind.
/// </summary>
public sealed class RollingUpgradeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 3;
    private const int JobsBetweenSteps = 6;
    private const int Targets = 8;

    private static readonly string? PreviousApps = Environment.GetEnvironmentVariable("POSEFUNCTIONS_PREVIOUS_APPS");

    private AzuriteProcess azurite = null!;
    private JobStorage storage = null!;
    private int dropped;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        storage = new(azurite.ConnectionString);
    }

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    [Fact]
    public async Task Upgrade_WorkersReplacedOneByOneWhileJobsCome_EveryJobSucceedsOnce()
    {
        output.WriteLine($"older revision: {PreviousApps ?? "this one"}");
        var old = await LeftJob.PutAsync(azurite.ConnectionString, "record-queued.json");
        var workers = new List<LocalHostProcess>();
        try
        {
            while (workers.Count < Workers)
            {
                workers.Add(await StartAsync(PreviousApps));
            }

            for (var step = 0; step < Workers; step++)
            {
                // As an orchestrator does it: the new one is ready before an old one is asked to end. One that is at work, if there is one.
                workers.Add(await StartAsync(apps: null));
                await DropPhotosAsync(workers[^1]);
                var running = await storage.UntilAsync(records => records.Any(record => record.State == JobState.Running));
                var replaced = workers.Take(Workers - step).FirstOrDefault(
                    worker => running.Any(record => record.Claim?.Owner == worker.LeaseId)) ?? workers[0];
                var exitCode = await replaced.StopAsync(Cancel);
                Assert.True(exitCode == 0, $"It ended with {exitCode}.\n{replaced.Log}");
                await replaced.DisposeAsync();
                workers.Remove(replaced);
            }

            await DropPhotosAsync(workers[^1]);
            var records = await storage.UntilAsync(
                records => records.Count == dropped + 1 && records.All(record => record.IsFinal));
            output.WriteLine($"{records.Count} jobs, {records.Sum(record => record.Attempt)} attempts");

            Assert.All(records, record => Assert.True(record.State == JobState.Succeeded, $"{record.Id} is {record.State}: {record.Failure}"));
            Assert.Contains(records, record => record.Id == old);
            var expected = records.SelectMany(record => record.Targets.Select(target => $"{record.Id.Tenant}/{record.Id.Digest}/{target.Index}.jpg"));
            Assert.Equal(expected.Order(StringComparer.Ordinal), (await storage.ResultsAsync()).Order(StringComparer.Ordinal));
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Upgrade_RecordOfANewerSchema_WaitsUntouchedForANewerRevision()
    {
        var id = await LeftJob.PutAsync(azurite.ConnectionString, "record-queued.json", record => record["schemaVersion"] = JobRecord.CurrentSchemaVersion + 1);
        await using var worker = await StartAsync(apps: null);

        // Jobs after it show that it stops nobody, and that its message was tried.
        await DropPhotosAsync(worker);
        await storage.UntilAsync(records => records.Count(record => record.State == JobState.Succeeded) == JobsBetweenSteps
            && worker.Log.Contains("leaves it to newer ones", StringComparison.Ordinal));

        var record = (await storage.RecordsAsync()).Single(record => record.Id == id);
        Assert.Equal((JobState.Queued, JobRecord.CurrentSchemaVersion + 1, 0), (record.State, record.SchemaVersion, record.Attempt));
    }

    private async Task DropPhotosAsync(LocalHostProcess host)
    {
        var uploads = new JobStorage(host.StorageConnection);
        for (var job = 0; job < JobsBetweenSteps; job++)
        {
            await uploads.DropAsync($"photo-{dropped++}.jpg", Targets);
        }
    }

    private Task<LocalHostProcess> StartAsync(string? apps) => LocalHostProcess.StartAsync(
        new LocalHostArguments(azurite.ConnectionString) { Apps = ["worker"], AppsFolder = apps }, Cancel);
}
