using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace PoseFunctions.Api.Telemetry;

/// <summary>Starts the exporters with the host and empties them before it ends.</summary>
internal sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    /// <summary>Address of an OpenTelemetry collector; empty for no export.</summary>
    public const string EndpointSetting = "Telemetry:OtlpEndpoint";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces.ForceFlush();
        metrics.ForceFlush();
        return Task.CompletedTask;
    }
}
