using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>
/// Runs the apps of images from the images' own folders. In Azure's base image the Functions host would start each of them; here one
/// local host starts them all.
/// </summary>
internal sealed class ImageHost : IAsyncDisposable
{
    /// <summary>Opens the functions of the apps.</summary>
    public const string Key = "dry-run";

    private const string Assembly = "PoseFunctions.LocalHost.dll";
    private const string ListeningLine = "listening ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly string BuiltHost = typeof(ImageHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LocalHostFolder").Value!;

    private readonly ImageFolder folder;
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImageHost(ImageFolder folder, ProcessStartInfo start)
    {
        this.folder = folder;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => See(line.Data);
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("It ended before it was ready."));
    }

    /// <summary>Where it serves HTTP.</summary>
    public Uri Address { get; private set; } = null!;

    public string Log => string.Join('\n', log);

    /// <summary>Starts the apps and waits until all of their functions can run.</summary>
    /// <param name="images">Whose apps; they must not be of two minds about a setting.</param>
    /// <param name="user">As whom host and apps run.</param>
    /// <param name="storage">The account of the photos and of the host.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds its log.</exception>
    public static async Task<ImageHost> StartAsync(IReadOnlyList<ImageBuild> images, string user, string storage, CancellationToken cancellationToken)
    {
        // A copy where the user may read it.
        var folder = new ImageFolder();
        folder.CopyFrom(BuiltHost);
        var start = UnprivilegedUser.StartInfo(
            user,
            "dotnet",
            [Path.Combine(folder.Path, Assembly), .. images.SelectMany(image => new[] { "--app", image.WorkingFolder }), "--port", "0", "--key", Key, "--blob-events", "Photos"]);
        start.WorkingDirectory = folder.Path;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in images.SelectMany(image => image.Environment).Append(new("AzureWebJobsStorage", storage)).Append(new("Photos", storage)))
        {
            start.Environment[name] = value;
        }

        var started = new ImageHost(folder, start);
        try
        {
            started.Begin();
            started.Address = await started.ready.Task.WaitAsync(StartLimit, cancellationToken);
            return started;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            await started.DisposeAsync();
            throw new InvalidOperationException($"The images are not ready: {exception.Message}\n{started.Log}", exception);
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
        folder.Dispose();
    }

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
            ready.TrySetResult(new Uri(line[ListeningLine.Length..]));
        }
    }
}
