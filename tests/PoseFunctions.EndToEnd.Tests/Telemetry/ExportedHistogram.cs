namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>
/// A histogram as the exporter sent it, all its tags together. Field numbers are those of
/// <c>opentelemetry/proto/metrics/v1/metrics.proto</c>.
/// </summary>
/// <param name="Name">Of the metric.</param>
/// <param name="Unit">Of its values.</param>
/// <param name="Count">Number of measurements since the process started.</param>
/// <param name="Sum">Their sum.</param>
public sealed record ExportedHistogram(string Name, string Unit, ulong Count, double Sum)
{
    internal static IEnumerable<ExportedHistogram> Read(byte[] request) =>
        from resource in ProtobufMessage.Parse(request).Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from histogram in metric.Messages(9)
        let points = histogram.Messages(1).ToArray()
        select new ExportedHistogram(
            metric.Text(1), metric.Text(3), points.Aggregate(0UL, (count, point) => count + point.Fixed64(4)), points.Sum(point => point.Double(5)));
}
