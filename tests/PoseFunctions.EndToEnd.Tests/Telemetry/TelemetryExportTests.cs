using System.Text.Json.Nodes;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets to see of jobs, and that it sees nothing unless it was asked for.</summary>
public sealed class TelemetryExportTests(ObservedJobsFixture observed, ServiceFixture service) : IClassFixture<ObservedJobsFixture>
{
    private static readonly string[] Stages = ["upload", "parse", "queue", "run", "generate", "store"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Trace_OfAPhotoPostedByACaller_SpansBothProcessesBelowTheCaller()
    {
        var trace = TraceOf(observed.Posted);

        Assert.Equal(ObservedJobsFixture.CallersTrace, Assert.Single(trace.Select(span => span.TraceId).Distinct()));
        (string Service, string Name)[] expected = [("api", "CreateJob"), .. Stages.Select(stage => ("worker", stage))];
        Assert.Equal(expected, trace.Select(span => (span.Service, span.Name)).Distinct());
        var request = trace.Single(span => span.Name == "CreateJob");
        Assert.Equal(ObservedJobsFixture.CallersSpan, request.ParentId);
        Assert.All(trace.Where(span => span.Name is "upload" or "queue" or "run"), span => Assert.Equal(request.SpanId, span.ParentId));
        AssertNested(trace, "parse", "upload");
        AssertNested(trace, "generate", "run");
        AssertNested(trace, "store", "run");
        Assert.Equal(2, trace.Count(span => span.Name == "generate"));
    }

    [Fact]
    public void Trace_OfAPhotoDroppedIntoStorage_BeginsWithTheUpload()
    {
        var trace = TraceOf(observed.Dropped);

        Assert.Equal(Stages, trace.Select(span => span.Name).Distinct());
        var upload = Assert.Single(trace, span => span.ParentId.Length == 0);
        Assert.Equal("upload", upload.Name);
        Assert.All(trace.Where(span => span.Name is "queue" or "run"), span => Assert.Equal(upload.SpanId, span.ParentId));
        AssertNested(trace, "parse", "upload");
        AssertNested(trace, "generate", "run");
    }

    [Fact]
    public void Metrics_OfBothJobs_TellWhatTheirRecordsTell()
    {
        var histograms = observed.Collector.Histograms;

        AssertSeconds("posefunctions.queue.wait", "queueMilliseconds");
        AssertSeconds("posefunctions.generate.duration", "generateMilliseconds");
        AssertSeconds("posefunctions.job.duration", "totalMilliseconds");
        Assert.Equal(("s", 2UL), (histograms["posefunctions.parse.duration"].Unit, histograms["posefunctions.parse.duration"].Count));
        Assert.InRange(histograms["posefunctions.parse.duration"].Sum, 0.001, SumOf("parseMilliseconds") / 1000);

        // However the three targets were batched.
        Assert.Equal(3, histograms["posefunctions.batch.size"].Sum);

        void AssertSeconds(string name, string timing)
        {
            Assert.Equal(("s", 2UL), (histograms[name].Unit, histograms[name].Count));
            Assert.Equal(SumOf(timing) / 1000, histograms[name].Sum, tolerance: 1e-6);
        }
    }

    [Fact]
    public async Task Export_EndpointNotSet_PostsNothing()
    {
        await using var collector = await CollectorUnderTest.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{collector.Address}/v1/traces",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{collector.Address}/v1/metrics",
        };
        await using var host = await LocalHostProcess.StartAsync(service.Arguments with { Apps = ["api"], Settings = settings }, Cancel);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var response = await client.GetAsync("api/health/ready", Cancel);

        Assert.True(await host.StopAsync(Cancel) == 0, host.Log);
        Assert.Empty(collector.Paths);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is an http or https address")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon", "OTEL_EXPORTER_OTLP_PROTOCOL is grpc or http/protobuf")]
    public async Task Start_SettingWithoutMeaning_SaysSoInOneSentence(string name, string value, string sentence)
    {
        var settings = new Dictionary<string, string> { [name] = value };
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LocalHostProcess.StartAsync(service.Arguments with { Apps = ["api"], Settings = settings }, Cancel));

        Assert.Contains($"The local host cannot run: PoseFunctions.Api: {sentence}", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertNested(IEnumerable<ExportedSpan> trace, string name, string parentName)
    {
        var parents = trace.Where(span => span.Name == parentName).ToDictionary(span => span.SpanId);
        Assert.All(trace.Where(span => span.Name == name), span =>
        {
            Assert.Contains(span.ParentId, parents);
            Assert.InRange(span.Start, parents[span.ParentId].Start, span.End);
            Assert.InRange(span.End, span.Start, parents[span.ParentId].End);
        });
    }

    /// <summary>All spans of the trace in which a job was run, by their start.</summary>
    private ExportedSpan[] TraceOf(JsonNode job)
    {
        Assert.True(job["state"]!.GetValue<string>() == "succeeded", job.ToJsonString());
        var spans = observed.Collector.Spans;
        var run = Assert.Single(spans, span => span.Name == "run" && span.JobId == job["id"]!.GetValue<string>());
        return [.. spans.Where(span => span.TraceId == run.TraceId).OrderBy(span => span.Start)];
    }

    private double SumOf(string timing) =>
        observed.Posted["timings"]![timing]!.GetValue<double>() + observed.Dropped["timings"]![timing]!.GetValue<double>();
}
