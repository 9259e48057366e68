using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>
/// Runs an image's app from the image's own folder. In Azure's base image the Functions host would start it; here the local host
/// does, whose own assemblies are laid beside the app: those that the app itself has are taken from the image, never from here.
/// </summary>
internal sealed class ImageProcess : IAsyncDisposable
{
    private const string Host = "PoseFunctions.LocalHost";
    private const string ListeningLine = "listening ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource<Uri?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImageProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => See(line.Data);
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("It ended before it was ready."));
    }

    /// <summary>Where it serves HTTP; null where it does not.</summary>
    public Uri? Address { get; private set; }

    public string Log => string.Join('\n', log);

    /// <summary>Lays the local host's own files beside the app, where the image has none of that name.</summary>
    /// <param name="folder">The app's folder in the image, not yet read-only.</param>
    /// <param name="app">Name of the app's assembly.</param>
    public static void AddHost(string folder, string app)
    {
        var own = Assemblies(Path.Combine(folder, $"{app}.deps.json")).ToHashSet();
        var added = Assemblies(Path.Combine(AppContext.BaseDirectory, $"{Host}.deps.json"))
            .Where(name => !own.Contains(name))
            .Concat([$"{Host}.deps.json", $"{Host}.runtimeconfig.json"]);
        foreach (var name in added)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name));
        }
    }

    /// <summary>Starts an app and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds its log.</exception>
    public static async Task<ImageProcess> StartAsync(
        ImageBuild image, string user, string app, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = UnprivilegedUser.StartInfo(
            user, "dotnet", Path.Combine(image.WorkingFolder, $"{Host}.dll"), "--apps", app, "--port", "0", "--key", "dry-run");
        start.WorkingDirectory = image.WorkingFolder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in image.Environment.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var started = new ImageProcess(start);
        try
        {
            started.Begin();
            started.Address = await started.ready.Task.WaitAsync(StartLimit, cancellationToken);
            return started;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            await started.DisposeAsync();
            throw new InvalidOperationException($"The {app} is not ready: {exception.Message}\n{started.Log}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static IEnumerable<string> Assemblies(string path) =>
        from target in JsonNode.Parse(File.ReadAllText(path))!["targets"]!.AsObject()
        from library in target.Value!.AsObject()
        where library.Value!["runtime"] is not null
        from asset in library.Value!["runtime"]!.AsObject()
        select Path.GetFileName(asset.Key);

    private void Begin()
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void See(string? line)
    {
        log.Enqueue(line ?? "");
        if (line?.StartsWith(ListeningLine, StringComparison.Ordinal) == true)
        {
            ready.TrySetResult(new Uri(line[ListeningLine.Length..].Split(' ')[0]));
        }
        else if (line == "ready")
        {
            ready.TrySetResult(null);
        }
    }
}
