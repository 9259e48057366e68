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
