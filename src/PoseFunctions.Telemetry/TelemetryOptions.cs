using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace PoseFunctions.Telemetry;

/// <summary>
/// Where traces and metrics are sent: the settings that OpenTelemetry itself has defined for that, read from the app's
/// configuration. The ones below are validated at start; all others, such as <c>OTEL_EXPORTER_OTLP_HEADERS</c>,
/// <c>OTEL_TRACES_SAMPLER</c> or <c>OTEL_METRIC_EXPORT_INTERVAL</c>, go to the library as they are.
/// </summary>
public sealed class TelemetryOptions : IValidatableObject
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitorSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Address of a collector, such as <c>http://127.0.0.1:4317</c>; null to send nothing.</summary>
    [ConfigurationKeyName(EndpointSetting)]
    public Uri? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>; null for <c>grpc</c>.</summary>
    [ConfigurationKeyName(ProtocolSetting)]
    public string? Protocol { get; set; }

    /// <summary>Connection string of an Application Insights resource; null to send nothing there.</summary>
    [ConfigurationKeyName(AzureMonitorSetting)]
    public string? AzureMonitor { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not null && !(Endpoint.IsAbsoluteUri && Endpoint.Scheme is "http" or "https"))
        {
            yield return new($"{EndpointSetting} is an http or https address, not '{Endpoint.OriginalString}'.");
        }

        if (Protocol is not (null or "" or "grpc" or "http/protobuf"))
        {
            yield return new($"{ProtocolSetting} is grpc or http/protobuf, not '{Protocol}'.");
        }

        if (AzureMonitor is { Length: > 0 } && !NamesResource(AzureMonitor))
        {
            yield return new($"{AzureMonitorSetting} is no connection string of an Application Insights resource: it names no InstrumentationKey.");
        }
    }

    private static bool NamesResource(string connectionString)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.TryGetValue("InstrumentationKey", out var key) && Guid.TryParse(key as string, out _);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
