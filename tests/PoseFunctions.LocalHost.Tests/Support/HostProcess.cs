using System.Collections.Concurrent;
using System.Diagnostics;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>A local host in a process of its own, from the built output.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "listening ";

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> log = new();
    private readonly Task reading;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        reading = ReadAsync();
    }

    public int Id => process.Id;

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <summary>Lines of standard error so far.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <summary>Where it listens; only once <see cref="ReadyAsync"/> has ended.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>From the start of the process until it said that every function can run.</summary>
    public TimeSpan StartTime { get; private set; }

    public static HostProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "PoseFunctions.LocalHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Start(start);
    }

    public static HostProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new HostProcess(start);
    }

    /// <summary>Waits until it says that every function can run.</summary>
    public async Task ReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAny(listening.Task, reading).WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(listening.Task.IsCompletedSuccessfully, $"The local host did not start:\n{string.Join('\n', log)}");
        Address = await listening.Task;
        StartTime = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until it has ended and all that it wrote is read.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await reading.WaitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public Task TerminateAsync() => Processes.TerminateAsync(Id);

    /// <summary><c>kill -9</c>, of this process alone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();

        // Read by nobody unless the test fails.
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', log));
    }

    private Task ReadAsync() => Task.WhenAll(ReadAsync(process.StandardOutput, See), ReadAsync(process.StandardError, log.Enqueue));

    private void See(string line)
    {
        output.Enqueue(line);
        if (line.StartsWith(Listening, StringComparison.Ordinal))
        {
            listening.TrySetResult(new Uri(line[Listening.Length..]));
        }
    }

    private static async Task ReadAsync(StreamReader stream, Action<string> see)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            see(line);
        }
    }
}
