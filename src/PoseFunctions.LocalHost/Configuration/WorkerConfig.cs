using System.Text.Json;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>How an app's worker process is started, from its worker.config.json.</summary>
/// <param name="Executable">Program: a path, or a name such as <c>dotnet</c>.</param>
/// <param name="Arguments">What comes before the host's own arguments: usually the app's assembly.</param>
internal sealed record WorkerConfig(string Executable, IReadOnlyList<string> Arguments)
{
    public const string FileName = "worker.config.json";

    private const string WorkerRoot = "{WorkerRoot}";

    /// <param name="folder">Folder of the app.</param>
    /// <exception cref="LocalHostException">The folder holds no isolated-worker app.</exception>
    public static WorkerConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new LocalHostException($"'{folder}' is no built or published isolated-worker app: it has no {FileName}.");
        }

        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), AppFilesJsonContext.Default.WorkerConfigFile);
            return file?.Description is { DefaultExecutablePath: { } executable, DefaultWorkerPath: { } worker } description
                ? new WorkerConfig(InFolder(executable, folder), [.. description.Arguments ?? [], InFolder(worker, folder)])
                : throw new LocalHostException($"'{path}' does not say how the worker is started.");
        }
        catch (JsonException exception)
        {
            throw new LocalHostException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static string InFolder(string path, string folder) =>
        path.Replace(WorkerRoot, folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
