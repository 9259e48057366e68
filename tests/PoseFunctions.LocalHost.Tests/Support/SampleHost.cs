using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>
/// A local host that runs the sample app. Its containers, queues and journal are its own, so that many can share an
/// emulator.
/// </summary>
internal sealed class SampleHost : IAsyncDisposable
{
    public const string Key = "a-key";
    public const string MasterKey = "a-master-key";

    private readonly TemporaryFolder folder = new();
    private readonly string connection;

    private SampleHost(string connection)
    {
        this.connection = connection;
        Journal = new Journal(folder.File("journal"));
    }

    /// <summary>Command line in addition to what every sample host has.</summary>
    private IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment of the host's process.</summary>
    private IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Settings of the app in addition to, or instead of, what every sample host has.</summary>
    private IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What begins the names of all queues and containers.</summary>
    public string Prefix { get; } = $"s{Guid.NewGuid():n}"[..12];

    public Journal Journal { get; }

    /// <summary>The process that runs now, or ran last.</summary>
    public HostProcess Process { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Describes one; it is started by <see cref="StartAsync"/>.</summary>
    /// <param name="connection">Connection string of the emulator.</param>
    /// <param name="arguments">Command line in addition to what every sample host has.</param>
    /// <param name="settings">Settings of the app in addition to, or instead of, what every sample host has.</param>
    /// <param name="environment">Environment of the host's process.</param>
    public static SampleHost On(
        string connection,
        IReadOnlyList<string>? arguments = null,
        IReadOnlyDictionary<string, string>? settings = null,
        IReadOnlyDictionary<string, string>? environment = null) => new(connection)
        {
            Arguments = arguments ?? [],
            Settings = settings ?? new Dictionary<string, string>(),
            Environment = environment ?? new Dictionary<string, string>(),
        };

    /// <summary>Starts it, also anew after it has ended.</summary>
    public async Task<SampleHost> StartAsync()
    {
        Process = Begin();
        await Process.ReadyAsync();
        Http = new HttpClient { BaseAddress = Process.Address, Timeout = Timeout.InfiniteTimeSpan };
        return this;
    }

    /// <summary>Starts the process, and does not wait.</summary>
    public HostProcess Begin()
    {
        var values = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = connection,
            ["SampleData"] = connection,
            ["SAMPLE_PREFIX"] = Prefix,
            ["SAMPLE_JOURNAL"] = folder.File("journal"),
            ["AzureFunctionsWebHost__hostid"] = Prefix,
        };
        foreach (var (name, value) in Settings)
        {
            values[name] = value;
        }

        File.WriteAllText(folder.File("settings.json"), JsonSerializer.Serialize(new { Values = values }));
        return HostProcess.Start(
            ["--app", SampleApp.Folder, "--settings", folder.File("settings.json"), "--key", Key, "--master-key", MasterKey, .. Arguments],
            new Dictionary<string, string>(Environment) { ["LocalHost__Port"] = "0" });
    }

    /// <summary>The queue that triggers a function of the sample.</summary>
    /// <param name="name">Its name without the prefix.</param>
    public QueueClient Queue(string name) =>
        new(connection, $"{Prefix}-{name}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <summary>Puts a message into a queue, which is made where it is not there.</summary>
    public async Task SendAsync(string queue, string message)
    {
        var client = Queue(queue);
        await client.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await client.SendMessageAsync(message, TestContext.Current.CancellationToken);
    }

    /// <summary>A container of the emulator, which is made where it is not there.</summary>
    /// <param name="name">Its name without the prefix.</param>
    /// <param name="overEvents">Whether to reach it through the source of events.</param>
    public async Task<BlobContainerClient> ContainerAsync(string name, bool overEvents = false)
    {
        var storage = overEvents ? Process.Output.Single(line => line.StartsWith("storage ", StringComparison.Ordinal)).Split(' ', 3)[2] : connection;
        var container = new BlobContainerClient(storage, $"{Prefix}-{name}");
        await container.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }

    /// <summary>The worker process that answers HTTP now.</summary>
    public async Task<int> WorkerIdAsync() => int.Parse(
        await Http.GetStringAsync("/api/open", TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await (Process?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Dispose();
    }
}
