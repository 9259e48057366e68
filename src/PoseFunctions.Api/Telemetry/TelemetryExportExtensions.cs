using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Api.Telemetry;

/// <summary>Exports traces and metrics where an endpoint is configured.</summary>
internal static class TelemetryExportExtensions
{
    private const string ServiceName = "posefunctions-api";

    /// <summary>Adds the exporters. Without <c>Telemetry:OtlpEndpoint</c> nothing is exported.</summary>
    /// <exception cref="InvalidOperationException">The setting is no address.</exception>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[TelemetryExport.EndpointSetting] is not { Length: > 0 } text)
        {
            return services;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
        {
            throw new InvalidOperationException(
                $"The setting {TelemetryExport.EndpointSetting} is '{text}'; it must be an absolute address or empty.");
        }

        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .AddSource(PoseFunctionsTelemetry.Name)
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
            .Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .AddMeter(PoseFunctionsTelemetry.Name)
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
            .Build());
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
