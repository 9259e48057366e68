using System.Text.Json;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing.Builders;
using Xunit;

namespace PoseFunctions.Core.Tests.Jobs;

/// <summary>What is in storage and on the queue stays readable: the texts here are never changed, only added to.</summary>
public sealed class StoredJsonTests
{
    private const string Id = "default.f604d4b7edcf4ca0ea94477c63cb6090";

    [Fact]
    public void Record_OfTheFirstSchema_IsRead()
    {
        const string Json = $$"""
            {
              "schemaVersion": 1, "id": "{{Id}}", "state": "running",
              "source": { "blobName": "photo.jpg", "eTag": "0x1", "length": 1000, "pixelHash": "aa", "width": 3, "height": 4, "parserVersion": "p" },
              "request": { "targets": [ { "pose": "walk" } ], "output": { "format": "webp", "quality": 75, "keepBackground": true } },
              "targets": [ { "index": 0, "name": "walk", "state": "pending" } ],
              "generator": { "name": "xing", "version": "1", "nativeWidth": 96, "nativeHeight": 128 },
              "attempt": 2, "fence": 5,
              "claim": { "owner": "w", "fence": 5, "claimedAt": "2026-01-01T00:00:00+00:00", "expiresAt": "2026-01-01T00:00:30+00:00" },
              "createdAt": "2026-01-01T00:00:00+00:00", "updatedAt": "2026-01-01T00:00:01+00:00", "timings": { "parseMilliseconds": 12.5 }
            }
            """;

        var job = JsonSerializer.Deserialize(Json, CoreJsonContext.Default.JobRecord)!;

        Assert.Equal((Id, JobState.Running, 5L), (job.Id.ToString(), job.State, job.Fence));
        Assert.Equal((ImageFormat.WebP, 75, true), (job.Request.Output.Format, job.Request.Output.Quality, job.Request.Output.KeepBackground));
        Assert.True(job.IsClaimedWith(5));
        Assert.Equal(12.5, job.Timings.ParseMilliseconds);
        Assert.Equal((null, null, null), (job.Source.People, job.Source.Person, job.Source.Turns));
        Assert.Equal((PersonSelection.Default, BackgroundOption.Keep, null), (job.Request.Person, job.Request.Output.Background, job.Request.MinCoverage));
    }

    [Fact]
    public void Record_WithLittleAndWithWhatALaterVersionAdded_IsReadWithDefaults()
    {
        const string Json = $$"""
            {
              "id": "{{Id}}", "source": { "blobName": "photo.jpg", "eTag": "0x1", "length": 1000, "colour": "red" },
              "request": { "targets": [ { "pose": "walk" } ] }, "targets": [], "later": { "a": [1] },
              "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"
            }
            """;

        var job = JsonSerializer.Deserialize(Json, CoreJsonContext.Default.JobRecord)!;

        Assert.Equal(JobState.Accepted, job.State);
        Assert.Equal(new JobTimings(), job.Timings);
        Assert.Equal(new OutputOptions(), job.Request.Output);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"nonsense"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Record_Damaged_IsRefusedAsJson(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, CoreJsonContext.Default.JobRecord));

    [Fact]
    public void Record_Written_NamesStatesAsTheDocumentationDoes()
    {
        var json = JsonSerializer.Serialize(AJob.Succeeded(), CoreJsonContext.Default.JobRecord);

        Assert.Contains("\"state\":\"succeeded\"", json, StringComparison.Ordinal);
        Assert.Contains("\"schemaVersion\":1", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("isFinal", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($$"""{"schemaVersion":1,"jobId":"{{Id}}","traceParent":"00-a-b-01"}""", 1, "00-a-b-01")]
    [InlineData($$"""{"schemaVersion":1,"jobId":"{{Id}}"}""", 1, null)]
    [InlineData($$"""{"schemaVersion":2,"jobId":"{{Id}}","later":true}""", 2, null)]
    public void Message_OfThisAndLaterSchemas_IsRead(string json, int version, string? traceParent)
    {
        var message = JsonSerializer.Deserialize(json, CoreJsonContext.Default.JobMessage)!;

        Assert.Equal((version, Id, traceParent), (message.SchemaVersion, message.JobId.ToString(), message.TraceParent));
    }
}
