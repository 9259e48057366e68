namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>A span as the exporter sent it. Field numbers are those of <c>opentelemetry/proto/trace/v1/trace.proto</c>.</summary>
/// <param name="Service">Name of the process that it comes from.</param>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="ParentId">16 hexadecimal digits; empty for the root of a trace.</param>
/// <param name="Name">What was done.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="End">Nanoseconds since 1970.</param>
/// <param name="JobId">The job; empty where the span says none.</param>
public sealed record ExportedSpan(
    string Service, string TraceId, string SpanId, string ParentId, string Name, ulong Start, ulong End, string JobId)
{
    internal static IEnumerable<ExportedSpan> Read(byte[] request) =>
        from resource in ProtobufMessage.Parse(request).Messages(1)
        let service = AttributeOf(resource.Messages(1).Single(), field: 1, "service.name")
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ExportedSpan(
            service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Fixed64(7), span.Fixed64(8), AttributeOf(span, field: 9, "job.id"));

    private static string AttributeOf(ProtobufMessage message, int field, string key) =>
        message.Messages(field).Where(attribute => attribute.Text(1) == key).Select(attribute => attribute.Messages(2).Single().Text(1)).SingleOrDefault("");
}
