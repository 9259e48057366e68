namespace PoseFunctions.LocalHost.Events;

/// <summary>What <c>UseDevelopmentStorage=true</c> stands for in every storage client.</summary>
internal static class DevelopmentStorage
{
    private const string Account = "devstoreaccount1";

    // Published with the emulator and the same everywhere: it opens nothing else.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Writes the short form out in full; other settings come back as they are.</summary>
    public static List<KeyValuePair<string, string>> Expand(List<KeyValuePair<string, string>> settings)
    {
        if (!settings.Exists(IsShortForm))
        {
            return settings;
        }

        var origin = settings.Find(IsProxy).Value?.TrimEnd('/') ?? "http://127.0.0.1";
        return
        [
            KeyValuePair.Create("AccountName", Account),
            KeyValuePair.Create("AccountKey", Key),
            KeyValuePair.Create("BlobEndpoint", $"{origin}:10000/{Account}"),
            KeyValuePair.Create("QueueEndpoint", $"{origin}:10001/{Account}"),
            KeyValuePair.Create("TableEndpoint", $"{origin}:10002/{Account}"),
        ];
    }

    private static bool IsShortForm(KeyValuePair<string, string> setting) =>
        string.Equals(setting.Key, "UseDevelopmentStorage", StringComparison.OrdinalIgnoreCase)
        && string.Equals(setting.Value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsProxy(KeyValuePair<string, string> setting) =>
        string.Equals(setting.Key, "DevelopmentStorageProxyUri", StringComparison.OrdinalIgnoreCase);
}
