using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>What the command line and the environment (<c>LocalHost__…</c>) say about the host itself.</summary>
internal sealed record LocalHostOptions
{
    public const string SectionName = "LocalHost";

    /// <summary>Folders of built or published isolated-worker apps, at least one.</summary>
    [MinLength(1, ErrorMessage = "it must name the folder of a function app (--app DIR).")]
    public IReadOnlyList<string> Apps { get; init; } = [];

    /// <summary>A file in the form of local.settings.json whose values win over those of the apps; null for none.</summary>
    public string? Settings { get; init; }

    /// <summary>Port on 127.0.0.1 for HTTP functions; 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 7071;

    /// <summary>Opens functions of level Function; null makes a random one.</summary>
    public string? Key { get; init; }

    /// <summary>Opens everything; null makes a random one.</summary>
    public string? MasterKey { get; init; }

    /// <summary>Setting that names the emulator before which the host makes blob events; null for none.</summary>
    public string? BlobEvents { get; init; }

    /// <summary>How long running invocations may take to finish once the host is asked to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
}
