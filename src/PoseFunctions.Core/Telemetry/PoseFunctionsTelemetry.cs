using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PoseFunctions.Core.Telemetry;

/// <summary>The one activity source and meter of the product.</summary>
public static class PoseFunctionsTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "PoseFunctions";

    // The library's default bounds are meant for milliseconds; durations here are seconds, as OpenTelemetry asks for.
    private static readonly InstrumentAdvice<double> SecondsAdvice = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    };

    /// <summary>Traces across upload, parse, queue and generate.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Queue wait, parse, batch size, generate, end to end.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>A histogram of durations in seconds, from milliseconds to half an hour.</summary>
    public static Histogram<double> DurationHistogram(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, SecondsAdvice);

    /// <summary>
    /// Starts the first span of this process in a trace, and makes it the current one. Not a child of the span in which a host
    /// runs a function: nobody exports that, and the trace would lack its root.
    /// </summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">How it was caused.</param>
    /// <param name="traceParent">W3C trace parent of whoever caused it; a new trace begins where it is null or no trace parent.</param>
    /// <param name="startTime">When it began; now when left out.</param>
    /// <returns>The span; null where nobody listens.</returns>
    public static Activity? StartEntry(string name, ActivityKind kind, string? traceParent, DateTimeOffset startTime = default)
    {
        var host = Activity.Current;
        Activity.Current = null;
        var parent = ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var caller) ? caller : default;
        var activity = Activities.StartActivity(name, kind, parent, startTime: startTime);
        if (activity is null)
        {
            Activity.Current = host;
        }

        return activity;
    }
}
