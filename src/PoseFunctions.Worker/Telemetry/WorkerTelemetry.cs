using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Worker.Telemetry;

/// <summary>Sends traces and metrics to an OTLP collector where one is configured; off by default.</summary>
internal static class WorkerTelemetry
{
    /// <summary>Setting with the collector's address, such as <c>http://127.0.0.1:4317</c>.</summary>
    public const string EndpointSetting = "Telemetry:OtlpEndpoint";

    private const string ServiceName = "posefunctions-worker";

    public static IServiceCollection AddWorkerTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[EndpointSetting] is not { Length: > 0 } text)
        {
            return services;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
        {
            throw new InvalidOperationException($"The setting {EndpointSetting} is '{text}'; it must be an absolute address or empty.");
        }

        services.AddHostedService(_ => new OtlpExport(endpoint, ServiceName));
        return services;
    }

    /// <summary>Owns the providers: they flush when the host stops.</summary>
    private sealed class OtlpExport(Uri endpoint, string service) : Microsoft.Extensions.Hosting.IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService(service);
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource(PoseFunctionsTelemetry.Name).AddOtlpExporter(options => options.Endpoint = endpoint).Build();
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(PoseFunctionsTelemetry.Name).AddOtlpExporter(options => options.Endpoint = endpoint).Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces?.ForceFlush();
            metrics?.ForceFlush();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
}
