using System.Collections.Concurrent;
using System.Diagnostics;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Tests.Telemetry;

/// <summary>Keeps the finished spans of the product while it lives. Tests run side by side, so each asks for one trace only.</summary>
internal sealed class SpanProbe : IDisposable
{
    private readonly ConcurrentQueue<Activity> spans = [];
    private readonly ActivityListener listener;

    public SpanProbe()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == PoseFunctionsTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>A trace parent that nobody has had before.</summary>
    public static string NewTraceParent() =>
        $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    /// <summary>The spans of the trace to which <paramref name="traceParent"/> belongs, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> TraceOf(string traceParent)
    {
        var trace = ActivityContext.Parse(traceParent, traceState: null).TraceId;
        return [.. spans.Where(span => span.TraceId == trace)];
    }

    public void Dispose() => listener.Dispose();
}
