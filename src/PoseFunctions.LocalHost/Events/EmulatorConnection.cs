namespace PoseFunctions.LocalHost.Events;

/// <summary>
/// A connection to a storage emulator: one whose blob endpoint has the account in its path, where Azure has it in the host.
/// </summary>
internal sealed class EmulatorConnection
{
    private const string BlobEndpointKey = "BlobEndpoint";

    private readonly List<KeyValuePair<string, string>> settings;

    private EmulatorConnection(List<KeyValuePair<string, string>> settings, Uri blobEndpoint)
    {
        this.settings = settings;
        BlobEndpoint = blobEndpoint;
    }

    /// <summary>The emulator's own blob endpoint, such as <c>http://127.0.0.1:10000/devstoreaccount1</c>.</summary>
    public Uri BlobEndpoint { get; }

    public string Account => BlobEndpoint.AbsolutePath.Trim('/');

    /// <summary>Reads a storage connection string, <c>UseDevelopmentStorage=true</c> and its proxy form included.</summary>
    /// <exception cref="NoEmulatorException">It is no connection string, or it names an account in Azure.</exception>
    public static EmulatorConnection Parse(string connectionString)
    {
        var settings = DevelopmentStorage.Expand(Split(connectionString));
        var account = Find(settings, "AccountName");
        var endpoint = Find(settings, BlobEndpointKey);
        if (endpoint is null && account is null)
        {
            throw new NoEmulatorException(
                "The storage connection string for blob events names neither an account nor a blob endpoint.");
        }

        if (endpoint is null || !Uri.TryCreate(endpoint, UriKind.Absolute, out var blobs) || !HasAccountInPath(blobs, account))
        {
            throw new NoEmulatorException(
                $"Blob events can be made for a storage emulator only, and {endpoint ?? $"the account '{account}'"} is none: "
                + "in Azure they come from Event Grid.");
        }

        return new EmulatorConnection(settings, blobs);
    }

    /// <summary>The same connection with its blob endpoint at another origin, such as <c>http://127.0.0.1:45123</c>.</summary>
    public string WithBlobsAt(Uri origin) =>
        string.Concat(settings.Select(setting => $"{setting.Key}={Moved(setting, new Uri(origin, BlobEndpoint.AbsolutePath))};"));

    private static string Moved(KeyValuePair<string, string> setting, Uri endpoint) =>
        IsNamed(setting, BlobEndpointKey) ? endpoint.AbsoluteUri.TrimEnd('/') : setting.Value;

    private static bool HasAccountInPath(Uri endpoint, string? account) =>
        endpoint.AbsolutePath.Trim('/') is { Length: > 0 } path
        && !path.Contains('/', StringComparison.Ordinal)
        && (account is null || path == account);

    private static List<KeyValuePair<string, string>> Split(string connectionString) =>
    [
        .. connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(setting => setting.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : "")),
    ];

    private static string? Find(List<KeyValuePair<string, string>> settings, string key) => settings
        .Where(setting => IsNamed(setting, key))
        .Select(setting => setting.Value)
        .FirstOrDefault();

    private static bool IsNamed(KeyValuePair<string, string> setting, string key) =>
        string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase);
}
