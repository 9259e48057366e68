using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Telemetry;

/// <summary>Registers the export of traces and metrics.</summary>
public static class TelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Sends the product's traces and metrics over OTLP where <see cref="TelemetryOptions.Endpoint"/> is set. Several apps in one
    /// process may each ask for it; they share one export.
    /// </summary>
    public static IServiceCollection AddPoseFunctionsTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(string.Empty).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TelemetryExport>());
        return services;
    }
}
