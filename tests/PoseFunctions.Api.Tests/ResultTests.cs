using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

public sealed class ResultTests : IAsyncLifetime
{
    private static readonly byte[] Image = [.. Enumerable.Repeat((byte)9, 5000)];

    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task GetResult_Succeeded_StreamsTheImage()
    {
        var job = await AddAsync();
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Image, await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(5000, response.Content.Headers.ContentLength);
        Assert.Equal("0-pose-0.jpg", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task GetResult_KnownTag_AnswersNotModified()
    {
        var job = await AddAsync();
        using var first = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0");
        using var second = await api.Client.FetchAsync(
            $"jobs/{job.Record.Id}/results/0", ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=4990-", 4990, 10)]
    [InlineData("bytes=-7", 4993, 7)]
    [InlineData("bytes=4999-99999", 4999, 1)]
    public async Task GetResult_Range_AnswersWithThatPart(string range, int from, int length)
    {
        var job = await AddAsync();
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0", ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {from}-{from + length - 1}/5000", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Image[from..(from + length)], await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task GetResult_RangeBehindTheEnd_CannotBeSatisfied()
    {
        var job = await AddAsync();
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0", ("Range", "bytes=5000-"));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */5000", response.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=0-0, 2-2")]
    [InlineData("lines=1-2")]
    [InlineData("nonsense")]
    public async Task GetResult_RangeThatIsNotServed_AnswersWithTheWhole(string range)
    {
        var job = await AddAsync();
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0", ("Range", range));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Image, await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task GetResult_RangeIfItIsTheSameImage_IsWholeForAnotherOne()
    {
        var job = await AddAsync();
        using var first = await api.Client.SendAsync(HttpMethod.Head, $"jobs/{job.Record.Id}/results/0");
        using var same = await api.Client.FetchAsync(
            $"jobs/{job.Record.Id}/results/0", ("Range", "bytes=0-9"), ("If-Range", first.Headers.ETag!.ToString()));
        using var other = await api.Client.FetchAsync(
            $"jobs/{job.Record.Id}/results/0", ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(5000, other.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task GetResult_Head_HasTheHeadersAndNoBody()
    {
        var job = await AddAsync();
        using var whole = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0");
        api.Results.Reading = content => new UnreadableStream(content);
        using var response = await api.Client.SendAsync(HttpMethod.Head, $"jobs/{job.Record.Id}/results/0");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
        Assert.Equal(whole.Headers.ETag, response.Headers.ETag);
        Assert.Equal(
            whole.Content.Headers.Select(header => $"{header.Key}: {header.Value.Single()}").Order(StringComparer.Ordinal),
            response.Content.Headers.Select(header => $"{header.Key}: {header.Value.Single()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task GetResult_StorageFailsBeforeTheFirstByte_AsksToTryAgain()
    {
        var job = await AddAsync();
        api.Results.Reading = content => new UnreadableStream(content);
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0");

        await response.AssertProblemAsync(503, FailureCodes.Unavailable);
        Assert.Null(response.Headers.ETag);
        Assert.False(response.Content.Headers.Contains("Content-Disposition"));
    }

    [Fact]
    public async Task GetResult_StorageFailsHalfway_BreaksTheConnection()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        await api.Images.WriteAsync(job.Record.Id, job.Record.Fence, 0, ImageFormat.Jpeg, new byte[1_000_000], Cancel);
        api.Results.Reading = content => new UnreadableStream(content, after: 500_000);

        await Assert.ThrowsAsync<HttpRequestException>(() => api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("first")]
    [InlineData("99999999999999999999")]
    public async Task GetResult_NoSuchTarget_IsUnknown(string index)
    {
        var job = await AddAsync();
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/{index}");

        await response.AssertProblemAsync(404, FailureCodes.ResultUnknown);
    }

    [Fact]
    public async Task GetResult_NotYet_IsUnknown()
    {
        var job = await api.AddAsync(AJob.Running());
        using var response = await api.Client.FetchAsync($"jobs/{job.Record.Id}/results/0");

        await response.AssertProblemAsync(404, FailureCodes.ResultUnknown);
    }

    private async Task<StoredJob> AddAsync()
    {
        var job = await api.AddAsync(AJob.Succeeded());
        await api.Images.WriteAsync(job.Record.Id, job.Record.Fence, 0, ImageFormat.Jpeg, Image, Cancel);
        return job;
    }
}
