using System.Diagnostics;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.Benchmarks;

/// <summary>Processor time that processes use from a moment on.</summary>
internal sealed class ProcessorUse
{
    private readonly IReadOnlyDictionary<string, ProcessFigures> processes;
    private readonly Dictionary<string, TimeSpan> before;
    private readonly long started = Stopwatch.GetTimestamp();

    public ProcessorUse(IReadOnlyDictionary<string, ProcessFigures> processes) =>
        (this.processes, before) = (processes, processes.ToDictionary(process => process.Key, process => process.Value.ProcessorTime));

    /// <summary>Since the start, as shares of one core: <c>worker app 3.1 %, …</c>.</summary>
    public string Shares()
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        return Describe(used => $"{100 * (used / elapsed):0.0} %");
    }

    /// <summary>Since the start, divided by a number of jobs: <c>worker app 61 ms, …</c>.</summary>
    public string PerJob(int jobs) => Describe(used => $"{used.TotalMilliseconds / jobs:0} ms");

    private string Describe(Func<TimeSpan, string> figure) => string.Join(
        ", ", processes.Select(process => $"{process.Key} {figure(process.Value.ProcessorTime - before[process.Key])}"));
}
