using Microsoft.Extensions.Configuration;

namespace PoseFunctions.LocalHost;

/// <summary>What the command line, the environment and appsettings.json say about the local host itself.</summary>
/// <param name="Apps"><c>--apps all|worker|api</c>.</param>
/// <param name="Urls"><c>--urls</c>, or 127.0.0.1 with <c>--port</c> (0 takes a free one).</param>
/// <param name="StorageConnection"><c>Storage__ConnectionString</c>: a storage account, or Azurite.</param>
/// <param name="ModelsFolder"><c>--models</c>: folder with one folder for every model; null for the apps' own setting.</param>
/// <param name="Key"><c>--key</c>: a key that opens every function; null for those under <c>Functions__Keys</c>.</param>
internal sealed record LocalHostSettings(HostedApps Apps, string Urls, string StorageConnection, string? ModelsFolder, string? Key)
{
    private const int DefaultPort = 7071;

    /// <exception cref="LocalHostException">A setting is missing or has no meaning.</exception>
    public static LocalHostSettings Read(IConfiguration configuration) => new(
        ReadApps(configuration["apps"]),
        configuration["urls"] ?? $"http://127.0.0.1:{ReadPort(configuration["port"])}",
        ReadStorageConnection(configuration),
        ReadModelsFolder(configuration["models"]),
        configuration["key"]);

    /// <summary>The settings of the apps and of the trigger engine that follow from these.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ForApps()
    {
        yield return new("Storage:ConnectionString", StorageConnection);
        yield return new("Storage", StorageConnection);
        yield return new("AzureWebJobsStorage", StorageConnection);
        if (ModelsFolder is not null)
        {
            yield return new("Inference:ModelsPath", ModelsFolder);
            yield return new("Api:ModelsFolder", ModelsFolder);
        }

        if (Key is not null)
        {
            yield return new("Functions:Keys:Host:local", Key);
        }
    }

    private static HostedApps ReadApps(string? text) => text?.ToLowerInvariant() switch
    {
        null or "all" => HostedApps.All,
        "worker" => HostedApps.Worker,
        "api" => HostedApps.Api,
        _ => throw new LocalHostException($"--apps is all, worker or api, not '{text}'."),
    };

    private static int ReadPort(string? text)
    {
        if (text is null)
        {
            return DefaultPort;
        }

        return ushort.TryParse(text, out var port)
            ? port
            : throw new LocalHostException($"--port is 0 to {ushort.MaxValue}, not '{text}'.");
    }

    private static string ReadStorageConnection(IConfiguration configuration)
    {
        var connection = configuration["Storage:ConnectionString"] ?? configuration["AzureWebJobsStorage"];
        return string.IsNullOrWhiteSpace(connection)
            ? throw new LocalHostException(
                "No storage is configured: set the environment variable Storage__ConnectionString to the connection string of a storage account or of Azurite.")
            : connection;
    }

    private static string? ReadModelsFolder(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var folder = Path.GetFullPath(text);
        return Directory.Exists(folder) ? folder : throw new LocalHostException($"--models: there is no folder '{folder}'.");
    }
}
