using Microsoft.Extensions.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>A function app as it lies in its folder, with the settings that it shall run with.</summary>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Worker">How its worker process is started.</param>
/// <param name="Settings">What its worker process gets as environment.</param>
/// <param name="Functions">Its functions, all of which this host can run.</param>
internal sealed record FunctionApp(string Folder, WorkerConfig Worker, AppSettings Settings, IReadOnlyList<FunctionDeclaration> Functions)
{
    /// <summary>Name for logs: that of its assembly.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(Worker.Arguments[^1]);

    public bool ServesHttp => Functions.Any(function => function.Trigger is HttpTriggerBinding);

    public bool HasListeners => Functions.Any(function => function.Trigger is not HttpTriggerBinding);

    /// <summary>
    /// The configuration of the app's host: host.json, its overrides (<c>AzureFunctionsJobHost__…</c>) and the settings.
    /// </summary>
    public IConfigurationRoot BuildConfiguration() => new ConfigurationBuilder()
        .AddHostJson(Folder)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(Settings.Values.Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), (string?)value.Value)))
        .Build();
}
