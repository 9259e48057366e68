using System.Diagnostics;
using PoseFunctions.Core.Telemetry;
using Xunit;

namespace PoseFunctions.Core.Tests.Telemetry;

public sealed class PoseFunctionsTelemetryTests
{
    [Fact]
    public void StartEntry_TraceParentInsideAHostsSpan_ContinuesTheTraceParent()
    {
        using var probe = new SpanProbe();
        using var host = new Activity("host").Start();
        var caller = SpanProbe.NewTraceParent();

        using var span = PoseFunctionsTelemetry.StartEntry("work", ActivityKind.Server, caller)!;

        Assert.Equal(caller, span.ParentId);
        Assert.Same(span, Activity.Current);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void StartEntry_NoTraceParentInsideAHostsSpan_BeginsANewTrace(string? traceParent)
    {
        using var probe = new SpanProbe();
        using var host = new Activity("host").Start();

        using var span = PoseFunctionsTelemetry.StartEntry("work", ActivityKind.Server, traceParent)!;

        Assert.NotEqual(host.TraceId, span.TraceId);
        Assert.Equal(default, span.ParentSpanId);
    }
}
