using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Telemetry;

/// <summary>Registers the export of traces and metrics.</summary>
public static class TelemetryServiceCollectionExtensions
{
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>
    /// Sends the product's traces and metrics over OTLP where <see cref="TelemetryOptions.Endpoint"/> is set, and to Azure Monitor
    /// where <see cref="TelemetryOptions.AzureMonitor"/> is; where neither is, nothing is measured for it and nothing runs.
    /// </summary>
    public static TBuilder AddPoseFunctionsTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(string.Empty).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>());
        var collector = builder.Configuration[TelemetryOptions.EndpointSetting];
        var monitor = builder.Configuration[TelemetryOptions.AzureMonitorSetting];
        if (string.IsNullOrEmpty(collector) && string.IsNullOrEmpty(monitor))
        {
            return builder;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration[ServiceName] ?? builder.Environment.ApplicationName))
            .WithTracing(traces => SampleByDefault(traces.AddSource(PoseFunctionsTelemetry.Name), builder.Configuration[Sampler]))
            .WithMetrics(metrics => metrics.AddMeter(PoseFunctionsTelemetry.Name));
        if (!string.IsNullOrEmpty(collector))
        {
            telemetry.UseOtlpExporter();
        }

        if (!string.IsNullOrEmpty(monitor))
        {
            telemetry.UseAzureMonitorExporter();
        }

        return builder;
    }

    // The library's own default follows the parent: function hosts often hand on a context that says "not sampled" only because
    // nobody listens there, and then no job would be traced at all.
    private static void SampleByDefault(TracerProviderBuilder traces, string? configured)
    {
        if (string.IsNullOrEmpty(configured))
        {
            traces.SetSampler(new AlwaysOnSampler());
        }
    }
}
