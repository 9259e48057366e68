using PoseFunctions.LocalTriggers.Blobs;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Timers;
using PoseFunctions.Testing;

namespace PoseFunctions.LocalTriggers.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public void Read_TheHostJsonOfTheRepository_IsUnderstood()
    {
        var host = HostJsonReader.Read(RepositoryRoot.Combine("host.json"));

        Assert.Equal("api", host.Extensions.Http.RoutePrefix);
        Assert.Equal(16, host.Extensions.Queues.BatchSize);
        Assert.Equal(TimeSpan.FromSeconds(2), host.Extensions.Queues.VisibilityTimeout);
    }

    [Fact]
    public void Parse_NothingButTheVersion_HasTheDefaultsOfAzure()
    {
        var host = HostJsonReader.Parse("""{ "version": "2.0" }""");

        Assert.Equal("api", host.Extensions.Http.RoutePrefix);
        Assert.Equal((16, 5), (host.Extensions.Queues.BatchSize, host.Extensions.Queues.MaxDequeueCount));
        Assert.Equal(8 * Environment.ProcessorCount, host.Extensions.Queues.RunningBeforeNextBatch);
        Assert.Equal(5, host.Extensions.Blobs.PoisonBlobThreshold);
    }

    [Theory]
    [InlineData("""{ "version": "1.0" }""", "version")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "BatchSize")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchsize": 3 } } }""", "batchsize")]
    [InlineData("""{ "version": "2.0", "extensions": { "blobs": { "poisonBlobThreshold": 0 } } }""", "PoisonBlobThreshold")]
    [InlineData("""{ "version": "2.0", "extentions": { } }""", "extentions")]
    public void Parse_UnknownOrImpossibleSetting_IsNamed(string json, string setting)
    {
        var exception = Assert.Throws<HostConfigurationException>(() => HostJsonReader.Parse(json));

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/5 * * * * *", "2026-01-01T00:00:05Z")]
    [InlineData("*/5 * * * *", "2026-01-01T00:05:00Z")]
    [InlineData("00:00:07", "2026-01-01T00:00:07Z")]
    public void Next_EachKindOfSchedule_IsTheFirstTimeAfter(string schedule, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Schedule.Parse(schedule).Next(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("now and then")]
    [InlineData("-00:00:01")]
    public void Parse_NoSchedule_IsRefused(string schedule) =>
        Assert.Throws<HostConfigurationException>(() => Schedule.Parse(schedule));

    [Theory]
    [InlineData("uploads/{tenant}/{name}", "a/b/c", true)]
    [InlineData("uploads/{tenant}/{name}", "a", false)]
    [InlineData("uploads/{tenant}/{name}", "a/", false)]
    [InlineData("uploads/raw/{name}.jpg", "raw/x.jpg", true)]
    [InlineData("uploads/raw/{name}.jpg", "raw/xjpg", false)]
    [InlineData("uploads", "anything/at/all", true)]
    public void Match_Name_FollowsThePattern(string pattern, string blob, bool matches) =>
        Assert.Equal(matches, BlobPathPattern.Parse(pattern).Match(blob) is not null);

    [Theory]
    [InlineData("{container}/x")]
    [InlineData("uploads/{name")]
    [InlineData("uploads/")]
    public void Parse_NoBlobPath_IsRefused(string path) => Assert.Throws<FormatException>(() => BlobPathPattern.Parse(path));
}
