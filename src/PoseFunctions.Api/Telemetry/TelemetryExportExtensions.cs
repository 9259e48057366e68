using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Api.Telemetry;

/// <summary>Exports traces and metrics where an endpoint is configured.</summary>
internal static class TelemetryExportExtensions
{
    private const string ServiceName = "posefunctions";

    /// <summary>
    /// Adds the exporters once, however many apps share the process. Without <c>Telemetry:OtlpEndpoint</c> nothing is exported.
    /// </summary>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (!Uri.TryCreate(configuration[TelemetryExport.EndpointSetting], UriKind.Absolute, out var endpoint))
        {
            return services;
        }

        services.TryAddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .AddSource(PoseFunctionsTelemetry.Name)
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
            .Build());
        services.TryAddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .AddMeter(PoseFunctionsTelemetry.Name)
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
            .Build());
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
