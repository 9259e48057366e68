namespace PoseFunctions.Testing.Service;

/// <summary>How to start a local host.</summary>
/// <param name="StorageConnection">Connection string of the storage that all processes of a test share.</param>
public sealed record LocalHostArguments(string StorageConnection)
{
    /// <summary>Folder names of the published apps to run: <c>worker</c>, <c>api</c>.</summary>
    public IReadOnlyList<string> Apps { get; init; } = ["worker", "api"];

    /// <summary>Folder that holds the published apps, where it is not the one that was built together with the tests.</summary>
    public string? AppsFolder { get; init; }

    /// <summary>Key that opens the functions for callers.</summary>
    public string Key { get; init; } = "end-to-end";

    /// <summary>Key that opens those for operators as well.</summary>
    public string MasterKey { get; init; } = "end-to-end-operators";

    /// <summary>Further settings of the apps and the host, as environment variables (<c>Section__Name</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
