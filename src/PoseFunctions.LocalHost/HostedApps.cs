namespace PoseFunctions.LocalHost;

/// <summary>Which of the two function apps a process runs.</summary>
[Flags]
internal enum HostedApps
{
    /// <summary>Blob, queue and timer functions: parses photos and generates results.</summary>
    Worker = 1,

    /// <summary>HTTP functions.</summary>
    Api = 2,

    /// <summary>Both.</summary>
    All = Worker | Api,
}
