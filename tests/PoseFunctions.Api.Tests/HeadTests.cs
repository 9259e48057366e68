using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>Whatever can be read can be asked for its head.</summary>
public sealed class HeadTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("jobs")]
    [InlineData("jobs/{id}")]
    [InlineData("poses")]
    [InlineData("models")]
    [InlineData("operator/jobs")]
    [InlineData("operator/backlog")]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    [InlineData("openapi.json")]
    public async Task Head_OfWhatIsThere_HasItsHeadersAndNoBody(string path)
    {
        var job = await api.AddAsync(AJob.Succeeded());
        path = path.Replace("{id}", job.Record.Id.ToString(), StringComparison.Ordinal);
        using var whole = await api.Client.FetchAsync(path);
        using var head = await api.Client.SendAsync(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal((whole.Headers.ETag, whole.Headers.CacheControl), (head.Headers.ETag, head.Headers.CacheControl));
    }

    [Fact]
    public async Task Head_OfAJobThatIsKnown_IsNotModified()
    {
        var job = await api.AddAsync(AJob.Queued());
        using var first = await api.Client.SendAsync(HttpMethod.Head, $"jobs/{job.Record.Id}");
        using var second = await api.Client.SendAsync(
            HttpMethod.Head, $"jobs/{job.Record.Id}", content: null, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/results/0")]
    public async Task Head_OfWhatIsNotThere_IsUnknownWithoutBody(string suffix)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Head, $"jobs/{AJob.NewId()}{suffix}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }
}
