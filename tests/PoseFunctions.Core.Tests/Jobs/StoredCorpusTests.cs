using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Builders;
using Xunit;

namespace PoseFunctions.Core.Tests.Jobs;

/// <summary>
/// Records, messages and leases as every schema so far has written them. The files are never changed: what is in customers'
/// storage stays readable for ever, and a revision that is rolled out meets what the one before has written.
/// </summary>
public sealed class StoredCorpusTests
{
    private static readonly string Corpus = RepositoryRoot.Combine("tests", "PoseFunctions.Testing", "Stored");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Corpus, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Corpus, path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Records => [.. Files.Select(row => row.Data).Where(file => Path.GetFileName(file).StartsWith("record-", StringComparison.Ordinal))];

    [Fact]
    public void Corpus_HasEveryStateAndMessageOfEverySchema()
    {
        var schemas = Enumerable.Range(1, JobRecord.CurrentSchemaVersion).Select(version => $"schema-{version}");

        Assert.All(schemas, schema => Assert.All(
            Enum.GetNames<JobState>().Select(state => $"record-{state.ToLowerInvariant()}").Append("message").Append("lease").Append("request"),
            name => Assert.True(File.Exists(Path.Combine(Corpus, schema, $"{name}.json")), $"{schema} has no {name}: add what this revision writes.")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_ReadAndWrittenAgain_HasLostNothing(string file)
    {
        var json = File.ReadAllText(Path.Combine(Corpus, file));
        var type = TypeOf(Path.GetFileName(file));
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type);

        AssertKept(JsonNode.Parse(json), JsonNode.Parse(again), file);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_OfEveryState_CanGoOn(string file)
    {
        var job = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Corpus, file)), CoreJsonContext.Default.JobRecord)!;
        var (now, generator) = (AJob.Now.AddDays(1), AJob.Generator);

        var next = job.State switch
        {
            JobState.Accepted => job.StartParsing(now),
            JobState.Parsing => job.Enqueue(job.Source, job.Request, job.Targets, 1, now),
            JobState.Queued => job.TakeBy("new", generator, ownerIsGone: false, now),
            JobState.Running => job.Complete(job.Fence, AJob.SucceededTargets(job), job.Timings, now),
            JobState.Failed => job.Retry(now),
            _ => job,
        };

        job.RequireKnownSchema();
        Assert.Equal((job.Id, JobRecord.TargetsOf(job.Request).Count), (next.Id, next.Targets.Count));
    }

    private static JsonTypeInfo TypeOf(string file) => file.Split('-', '.')[0] switch
    {
        "record" => CoreJsonContext.Default.JobRecord,
        "message" => CoreJsonContext.Default.JobMessage,
        "request" => CoreJsonContext.Default.TransferRequest,
        "lease" => CoreJsonContext.Default.WorkerLease,
        _ => throw new ArgumentException($"Nobody knows what {file} is.", nameof(file)),
    };

    // The new text may say more, never less or otherwise.
    private static void AssertKept(JsonNode? old, JsonNode? next, string path)
    {
        switch (old)
        {
            case JsonObject properties:
                foreach (var (name, value) in properties)
                {
                    Assert.True(next is JsonObject, $"{path} is no object any more.");
                    AssertKept(value, next[name], $"{path}/{name}");
                }

                break;
            case JsonArray items:
                Assert.True(next is JsonArray others && others.Count == items.Count, $"{path} has other items.");
                for (var index = 0; index < items.Count; index++)
                {
                    AssertKept(items[index], next[index], $"{path}/{index}");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(old, next), $"{path} was {old?.ToJsonString()} and is {next?.ToJsonString()}.");
                break;
        }
    }
}
