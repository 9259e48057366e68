using System.Text.Json;
using System.Text.Json.Nodes;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>A copy of the sample app, whose files a test may change, with a local.settings.json of its own.</summary>
internal sealed class CopiedApp : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CopiedApp(string connection, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        SampleApp.CopyTo(Folder);
        Journal = new Journal(folder.File("journal"));
        var values = new Dictionary<string, string>(settings)
        {
            ["AzureWebJobsStorage"] = connection,
            ["SampleData"] = connection,
            ["SAMPLE_PREFIX"] = Prefix,
            ["SAMPLE_JOURNAL"] = folder.File("journal"),
        };
        File.WriteAllText(folder.File("local.settings.json"), JsonSerializer.Serialize(new { Values = values }));
    }

    public string Folder => folder.Path;

    /// <summary>What begins the names of all queues and containers.</summary>
    public string Prefix { get; } = $"c{Guid.NewGuid():n}"[..12];

    public Journal Journal { get; }

    public void Change(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(folder.File(file)))!;
        change(json);
        File.WriteAllText(folder.File(file), json.ToJsonString());
    }

    public void Dispose() => folder.Dispose();
}
