namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>The settings of <c>host.json</c> that the local engine follows, with the meaning they have on Azure.</summary>
internal sealed record HostJson
{
    /// <summary>Schema of the file; always <c>2.0</c>.</summary>
    public string Version { get; set; } = string.Empty;

    public HostExtensions Extensions { get; set; } = new();
}
