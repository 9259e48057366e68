using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Telemetry;

/// <summary>Exports from before the first function runs until the host is disposed, which sends what is still kept.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options, IConfiguration configuration, IHostEnvironment environment)
    : IHostedLifecycleService, IDisposable
{
    private OpenTelemetrySdk? sdk;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Endpoint is not null)
        {
            sdk = OpenTelemetrySdk.Create(builder =>
            {
                builder.Services.AddSingleton(WithDefaults());
                builder
                    .WithTracing(traces => traces.AddSource(PoseFunctionsTelemetry.Name))
                    .WithMetrics(metrics => metrics.AddMeter(PoseFunctionsTelemetry.Name))
                    .UseOtlpExporter();
            });
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => sdk?.Dispose();

    /// <summary>The app's configuration over what holds where it says nothing.</summary>
    private IConfiguration WithDefaults() => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_SERVICE_NAME"] = environment.ApplicationName,

            // Not the library's own default, which follows the parent: function hosts often hand on a context that says "not
            // sampled" only because nobody listens there, and then no job would be traced at all.
            ["OTEL_TRACES_SAMPLER"] = "always_on",
        })
        .AddConfiguration(configuration)
        .Build();
}
