using System.Collections;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>The apps that the host was asked to run.</summary>
internal sealed class FunctionAppCatalog(IOptions<LocalHostOptions> options)
{
    private const string LocalSettings = "local.settings.json";

    /// <summary>In the order of the command line.</summary>
    public IReadOnlyList<FunctionApp> Apps { get; } = Read(options.Value);

    private static FunctionApp[] Read(LocalHostOptions options)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        FunctionApp[] apps = [.. options.Apps.Select(folder => Read(Path.GetFullPath(folder), options.Settings, environment))];
        HttpRoute.CheckUnique(apps);
        return apps;
    }

    private static FunctionApp Read(string folder, string? settingsFile, IReadOnlySet<string> environment)
    {
        if (!Directory.Exists(folder))
        {
            throw new LocalHostException($"there is no folder '{folder}'.");
        }

        var own = Path.Combine(folder, LocalSettings);
        List<IReadOnlyDictionary<string, string>> files = [];
        if (File.Exists(own))
        {
            files.Add(LocalSettingsFile.Read(own));
        }

        if (settingsFile is not null)
        {
            files.Add(LocalSettingsFile.Read(settingsFile));
        }

        var app = new FunctionApp(
            folder, WorkerConfig.Read(folder), AppSettings.Combine(files, environment), FunctionDeclarationReader.Read(folder));
        return app.BuildConfiguration().FunctionTimeout() is null
            ? app
            : throw new LocalHostException($"the {HostJson.FileName} of {app.Name} sets functionTimeout, which the local host does not support.");
    }
}
