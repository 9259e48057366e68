using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>How to start a local host.</summary>
/// <param name="StorageConnection">Connection string of the storage that all processes of a test share.</param>
public sealed record LocalHostArguments(string StorageConnection)
{
    /// <summary><c>all</c>, <c>worker</c> or <c>api</c>.</summary>
    public string Apps { get; init; } = "all";

    /// <summary>The program, where it is not the one that was built together with the tests.</summary>
    public string? Program { get; init; }

    /// <summary>Folder of model folders.</summary>
    public string ModelsFolder { get; init; } = RepositoryRoot.Combine("models");

    /// <summary>Key that opens every function.</summary>
    public string Key { get; init; } = "end-to-end";

    /// <summary>Further settings, as environment variables (<c>Section__Name</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
