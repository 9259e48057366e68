using System.Text.Json.Nodes;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.EndToEnd.Tests.Processes;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Documents;

/// <summary>What the documentation tells operators to type works as it stands, on a service of its own: it is drained.</summary>
public sealed class OperationsDocumentTests(AzuriteFixture azurite, ITestOutputHelper log) : IClassFixture<AzuriteFixture>
{
    private const string Key = "callers";
    private const string MasterKey = "operators";
    private const string Exhausted = """{"code":"attempts_exhausted","message":"Every attempt was cut short.","retryable":true}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OperationsDocument_ItsCommandsInOneShell_AllSucceed()
    {
        // A job that an earlier revision gave up, so that there is something to requeue.
        var failed = await LeftJob.PutAsync(
            azurite.ConnectionString, "record-failed.json", record => record["failure"] = JsonNode.Parse(Exhausted));
        await using var host = await LocalHostProcess.StartAsync(
            new LocalHostArguments(azurite.ConnectionString)
            {
                Key = Key,
                MasterKey = MasterKey,
            },
            Cancel);
        var document = await CommandDocument.ReadAsync(RepositoryRoot.Combine("docs", "operations.md"), Cancel);
        var (exitCode, output) = await document.RunAsync(
            new()
            {
                ["BASE"] = host.Address.GetLeftPart(UriPartial.Authority),
                ["KEY"] = Key,
                ["MASTER_KEY"] = MasterKey,
                ["PHOTO"] = SamplePhotos.All[3],
            },
            Cancel);

        log.WriteLine(output);
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{host.Log}");
        Assert.Contains($"{failed} queued", output, StringComparison.Ordinal);
        Assert.Contains("drained", output, StringComparison.Ordinal);
        Assert.Contains("shop-to-erase: 1 jobs erased, nothing is left", output, StringComparison.Ordinal);

        // The requeued job is worked on; of the erased tenant there is nothing.
        var records = await new JobStorage(azurite.ConnectionString).UntilAsync(records => records.All(record => record.IsFinal));
        Assert.Equal(JobState.Succeeded, records.Single(record => record.Id == failed).State);
        Assert.DoesNotContain(records, record => record.Id.Tenant.ToString() == "shop-to-erase");
    }
}
