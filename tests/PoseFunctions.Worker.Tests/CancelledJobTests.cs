using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Telemetry;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Jobs that are cancelled while a real session works on them, for minutes if nobody stops it.</summary>
public sealed class CancelledJobTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;
    private readonly BatchProbe batches = new("endless");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        batches.Dispose();
        Directory.Delete(models, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_JobThatIsGenerating_EndsItsRunAndFreesTheSessionForTheNext(bool erased)
    {
        PeopleModels.Link(models);
        Install(RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "endless"));
        await using var worker = await WorkerUnderTest.StartAsync(
            azurite.ConnectionString,
            models,
            Cancel,
            new("Transfers:HeartbeatInterval", "00:00:00.200"),
            new("Transfers:DefaultGenerator", "endless"));
        var jobs = worker.Services.GetRequiredService<IJobStore>();
        foreach (var name in (string[])["first.jpg", "second.jpg"])
        {
            var photo = await File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", "person-5.jpg"), Cancel);
            var id = await worker.DropAsync(name, photo, Cancel, new() { ["poses"] = "front" });
            var run = worker.DeliverAsync(name, id, Cancel);

            // The second job's batch can only begin because the first one's run was ended.
            Assert.Equal(1, await batches.NextRunningAsync(Cancel).WaitAsync(Patience, Cancel));
            var cancelled = await jobs.ChangeAsync(id, known: null, job => job.Cancel(TimeProvider.System.GetUtcNow()), Cancel);
            if (erased)
            {
                await jobs.DeleteAsync(cancelled!, Cancel);
            }

            await run.WaitAsync(Patience, Cancel);
            Assert.Equal(erased ? null : JobState.Cancelled, (await jobs.FindAsync(id, Cancel))?.Record.State);
        }
    }

    private void Install(string model)
    {
        var folder = Directory.CreateDirectory(Path.Combine(models, Path.GetFileName(model))).FullName;
        foreach (var file in Directory.EnumerateFiles(model))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }
}
