using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PoseFunctions.Core.Telemetry;

/// <summary>The one activity source and meter of the product.</summary>
public static class PoseFunctionsTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "PoseFunctions";

    /// <summary>Traces across upload, parse, queue and generate.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Queue wait, parse, batch size, generate, end to end.</summary>
    public static Meter Meter { get; } = new(Name);
}
