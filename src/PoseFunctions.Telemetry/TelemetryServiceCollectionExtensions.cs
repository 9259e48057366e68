using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
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
    /// <exception cref="OptionsValidationException">A destination is none.</exception>
    public static TBuilder AddPoseFunctionsTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(string.Empty).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>());
        var options = Read(builder.Configuration);
        if (options is { Endpoint: null, AzureMonitor: null or "" })
        {
            return builder;
        }

        var sampler = builder.Configuration[Sampler];
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration[ServiceName] ?? builder.Environment.ApplicationName))
            .WithTracing(traces => SampleByDefault(traces.AddSource(PoseFunctionsTelemetry.Name), sampler))
            .WithMetrics(metrics => metrics.AddMeter(PoseFunctionsTelemetry.Name));
        if (options.Endpoint is not null)
        {
            telemetry.UseOtlpExporter();
        }

        if (options.AzureMonitor is { Length: > 0 } monitor)
        {
            // Not the library's call for everything: it would send at most five traces a second, and the logs, which come from the host.
            telemetry
                .WithTracing(traces => SampleByDefault(traces.AddAzureMonitorTraceExporter(to => to.ConnectionString = monitor), sampler))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(to => to.ConnectionString = monitor));
        }

        return builder;
    }

    // Now, not at start: what listens to meters is made before the options of a host are validated.
    private static TelemetryOptions Read(IConfiguration configuration)
    {
        var options = new TelemetryOptions();
        configuration.Bind(options);
        var validation = new ValidateTelemetryOptions().Validate(name: null, options);
        return validation.Failed ? throw new OptionsValidationException(string.Empty, typeof(TelemetryOptions), validation.Failures) : options;
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
