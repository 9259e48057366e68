using System.ComponentModel;
using System.Diagnostics;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>
/// The process of a worker. Its standard input is a lifeline: it stays open for as long as this process lives, however this
/// process ends.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    // Whoever stops the host and whoever replaces a lost worker may come at the same time.
    private readonly Lock gate = new();
    private readonly Process process;
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;
    private bool isDisposed;

    private WorkerProcess(Process process, WorkerOutput output)
    {
        this.process = process;
        process.Exited += (_, _) => exited.TrySetResult(process.ExitCode);
        process.EnableRaisingEvents = true;
        process.Start();
        Id = process.Id;
        reading = output.ReadAsync(process.StandardOutput, process.StandardError);
    }

    public int Id { get; }

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited => exited.Task;

    /// <summary>Ends when both output streams are read, which a child of the worker may keep open.</summary>
    public Task OutputRead => reading;

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static WorkerProcess Start(ProcessStartInfo start, WorkerOutput output)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new WorkerProcess(new Process { StartInfo = start }, output);
    }

    /// <summary>Ends it at once, with the processes that it started.</summary>
    public void Kill()
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            process.Dispose();
        }
    }
}
