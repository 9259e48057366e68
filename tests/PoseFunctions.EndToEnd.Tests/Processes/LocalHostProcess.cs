using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>
/// A local host in a process of its own, from the built output, that tests can kill and suspend at any moment. It ends with
/// <see cref="DisposeAsync"/>.
/// </summary>
public sealed class LocalHostProcess : IAsyncDisposable
{
    private const string ListeningLine = "listening ";
    private const string ReadyLine = "ready";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource<Uri?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource logEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalHostProcess(LocalHostArguments arguments)
    {
        process = new Process { StartInfo = StartInfo(arguments), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => SeeOutput(line.Data);
        process.ErrorDataReceived += (_, line) => SeeLog(line.Data);
    }

    /// <summary>Where it serves HTTP; null where it runs only the worker.</summary>
    public Uri? Address { get; private set; }

    /// <summary>From the start of the process until it said that it was ready.</summary>
    public TimeSpan StartTime { get; private set; }

    public int Id => process.Id;

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

    /// <summary>The most physical memory that it has held at once so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            const string Field = "VmHWM:";
            var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
            return 1024 * long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
    }

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

    /// <summary>Ends it at once, wherever it is: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        Signals.Send(process, Signals.Kill);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as an orchestrator does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Signals.Send(process, Signals.Terminate);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Freezes every thread until <see cref="Resume"/>.</summary>
    public void Suspend() => Signals.Send(process, Signals.Stop);

    public void Resume() => Signals.Send(process, Signals.Continue);

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
        else if (line == ReadyLine)
        {
            ready.TrySetResult(null);
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

    private static ProcessStartInfo StartInfo(LocalHostArguments arguments)
    {
        var program = arguments.Program ?? Path.Combine(AppContext.BaseDirectory, "PoseFunctions.LocalHost.dll");
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "--apps", arguments.Apps, "--port", "0", "--models", arguments.ModelsFolder, "--key", arguments.Key])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot.Path,
        };
        start.Environment["Storage__ConnectionString"] = arguments.StorageConnection;
        foreach (var (name, value) in arguments.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
