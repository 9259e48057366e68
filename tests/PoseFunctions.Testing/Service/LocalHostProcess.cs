using System.Collections.Concurrent;
using System.Diagnostics;

namespace PoseFunctions.Testing.Service;

/// <summary>
/// A local host in a process of its own, with the published apps, that tests can kill and suspend at any moment. It ends with
/// <see cref="DisposeAsync"/>.
/// </summary>
public sealed class LocalHostProcess : IAsyncDisposable
{
    /// <summary>Part of what a worker says when its models are loaded and warmed up.</summary>
    public const string ModelsAreReady = "the person parser are ready";

    private const string StorageLine = "storage Photos ";
    private const string ListeningLine = "listening ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private const string WorkerAssembly = "PoseFunctions.Worker.dll";

    private readonly Process process;
    private readonly LocalHostArguments arguments;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource logEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalHostProcess(LocalHostArguments arguments)
    {
        this.arguments = arguments;
        StorageConnection = arguments.StorageConnection;
        Address = new Uri("http://127.0.0.1/");
        process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => SeeOutput(line.Data);
        process.ErrorDataReceived += (_, line) => SeeLog(line.Data);
    }

    /// <summary>Where it serves HTTP.</summary>
    public Uri Address { get; private set; }

    /// <summary>The storage as the apps see it: what is written through this connection becomes an event.</summary>
    public string StorageConnection { get; private set; }

    /// <summary>From the start of the process until it said that it was ready.</summary>
    public TimeSpan StartTime { get; private set; }

    public bool HasExited => process.HasExited;

    /// <summary>Exit code; only once it has exited.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>What it wrote so far, both streams.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>The lease under which it claims jobs now; null before its first claim.</summary>
    public string? LeaseId
    {
        get
        {
            const string Before = "claims jobs under lease ";
            var text = Log;
            var start = text.LastIndexOf(Before, StringComparison.Ordinal);
            return start < 0 ? null : text[(start + Before.Length)..].Split('.', '\n')[0];
        }
    }

    /// <summary>How many worker processes, one after the other, have loaded and warmed up their models.</summary>
    public int WarmWorkers => log.Count(line => line.Contains(ModelsAreReady, StringComparison.Ordinal));

    /// <summary>The process of the host itself.</summary>
    public ProcessFigures Host => new(process.Id);

    /// <summary>The process of the worker app at the moment.</summary>
    public ProcessFigures Worker => ProcessFigures.OfChildren(process.Id, WorkerAssembly).Single();

    /// <summary>The process of the HTTP app at the moment.</summary>
    public ProcessFigures Api => ProcessFigures.OfChildren(process.Id, "PoseFunctions.Api.dll").Single();

    /// <summary>Starts a process and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds its log.</exception>
    public static async Task<LocalHostProcess> StartAsync(LocalHostArguments arguments, CancellationToken cancellationToken)
    {
        var host = new LocalHostProcess(arguments);
        try
        {
            var started = Stopwatch.GetTimestamp();
            host.Begin();
            host.Address = await host.ready.Task.WaitAsync(StartLimit, cancellationToken);
            host.StartTime = Stopwatch.GetElapsedTime(started);
            return host;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The local host is not ready: {exception.Message}\n{host.Log}", exception);
        }
    }

    /// <summary>Ends the host and its apps at once, wherever they are: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Ends the worker app alone, or the one that is about to replace it; the host lives on.</summary>
    public async Task KillWorkerAsync(CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        IReadOnlyList<ProcessFigures> workers;
        while ((workers = ProcessFigures.OfChildren(process.Id, WorkerAssembly)).Count == 0)
        {
            await look.WaitForNextTickAsync(cancellationToken);
        }

        Signals.Send(workers[0].Id, Signals.Kill);
    }

    /// <summary>Waits until so many workers, one after the other, have warmed up: work waits for that, not for the host's start.</summary>
    public async Task UntilWarmAsync(int workers, CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (WarmWorkers < workers)
        {
            await look.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Asks it to end, as an orchestrator does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Signals.Send(process.Id, Signals.Terminate);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    /// <summary>Freezes every thread of the worker app until <see cref="ResumeWorker"/>.</summary>
    public void SuspendWorker() => Signals.Send(Worker.Id, Signals.Stop);

    public void ResumeWorker() => Signals.Send(Worker.Id, Signals.Continue);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        // The last lines often say why a test failed.
        await logEnded.Task;
        process.Dispose();
    }

    private void Begin()
    {
        process.Exited += (_, _) => ready.TrySetException(
            new InvalidOperationException("It ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void SeeOutput(string? line)
    {
        if (line is null)
        {
            return;
        }

        log.Enqueue(line);
        if (line.StartsWith(ListeningLine, StringComparison.Ordinal))
        {
            ready.TrySetResult(new Uri(line[ListeningLine.Length..].Split(' ')[0]));
        }
        else if (line.StartsWith(StorageLine, StringComparison.Ordinal))
        {
            StorageConnection = line[StorageLine.Length..];
        }
    }

    private void SeeLog(string? line)
    {
        if (line is null)
        {
            logEnded.TrySetResult();
            return;
        }

        log.Enqueue(line);
    }

    private ProcessStartInfo StartInfo()
    {
        var apps = arguments.AppsFolder ?? Path.Combine(AppContext.BaseDirectory, "apps");
        string[] command =
        [
            Path.Combine(AppContext.BaseDirectory, "host", "PoseFunctions.LocalHost.dll"),
            .. arguments.Apps.SelectMany(app => (string[])["--app", Path.Combine(apps, app)]),
            "--port", "0", "--key", arguments.Key, "--master-key", arguments.MasterKey, "--blob-events", "Photos",
        ];
        var start = new ProcessStartInfo("dotnet", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot.Path,
        };
        start.Environment["Photos"] = arguments.StorageConnection;
        start.Environment["AzureWebJobsStorage"] = arguments.StorageConnection;
        foreach (var (name, value) in arguments.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
