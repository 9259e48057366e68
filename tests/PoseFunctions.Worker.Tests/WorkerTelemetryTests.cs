using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using PoseFunctions.Core.Telemetry;
using PoseFunctions.Telemetry;
using Xunit;

namespace PoseFunctions.Worker.Tests;

public sealed class WorkerTelemetryTests
{
    private const string Resource = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:9/";
    private const string Collector = "http://127.0.0.1:9";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AddPoseFunctionsTelemetry_NothingConfigured_AddsNothingThatRuns(string? nothing) => Assert.DoesNotContain(
        Builder(("OTEL_EXPORTER_OTLP_ENDPOINT", nothing), ("APPLICATIONINSIGHTS_CONNECTION_STRING", nothing)).Services,
        service => service.ServiceType == typeof(IHostedService) || service.ServiceType == typeof(TracerProvider));

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", Resource, null, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", Collector, null, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", Collector, "always_off", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", Collector, "parentbased_always_on", false)]
    public void StartEntry_CallerDoesNotSample_IsRecordedUnlessTheSettingsSayOtherwise(string setting, string value, string? sampler, bool recorded)
    {
        var builder = Builder((setting, value), ("OTEL_TRACES_SAMPLER", sampler));
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<TracerProvider>();

        for (var span = 0; span < 100; span++)
        {
            using var activity = PoseFunctionsTelemetry.StartEntry(
                "test", ActivityKind.Consumer, $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00");
            Assert.Equal(recorded, activity?.Recorded ?? false);
        }
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "x", "APPLICATIONINSIGHTS_CONNECTION_STRING is")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is")]
    public void AddPoseFunctionsTelemetry_WrongDestination_SaysWhatIsWrong(string setting, string value, string said)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Builder((setting, value)));

        Assert.StartsWith(said, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        return builder.AddPoseFunctionsTelemetry();
    }
}
