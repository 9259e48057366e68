using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Tests;

public sealed class UploadTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task CreateUpload_OfSource_HeadersMakeTheJobThatIsPromised()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "uploads", Requests.Json("""{"fileName":"me.jpg","request":{"targets":[{"pose":"front"}]}}"""), ("X-Tenant", "shop-a"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var upload = await response.JsonAsync();
        var jobId = upload.GetProperty("jobId").GetString()!;
        Assert.Equal($"/api/jobs/{jobId}", upload.GetProperty("href").GetString());
        Assert.Equal("PUT", upload.GetProperty("method").GetString());
        Assert.Equal(api.Clock.GetUtcNow().AddMinutes(15), upload.GetProperty("expiresAt").GetDateTimeOffset());
        var headers = upload.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
        Assert.Equal("BlockBlob", headers["x-ms-blob-type"]);
        var metadata = headers.Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.Ordinal))
            .ToDictionary(header => header.Key["x-ms-meta-".Length..], header => header.Value);
        Assert.Equal(jobId, UploadHandler.JobIdOf("shop-a", "whatever", "1", metadata).ToString());
        var request = TransferRequestJson.Parse(Convert.FromBase64String(metadata[PhotoMetadata.Request]));
        Assert.Equal("front", Assert.Single(request.Targets).Pose);
    }

    [Fact]
    public async Task CreateUpload_WithIdempotencyKey_PromisesTheSameJobAgain()
    {
        const string Body = """{"fileName":"me.jpg","request":{"targets":[{"pose":"front"}]}}""";
        using var first = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(Body), ("Idempotency-Key", "order-1"));
        using var second = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(Body), ("Idempotency-Key", "order-1"));

        var jobId = (await first.JsonAsync()).GetProperty("jobId").GetString();
        Assert.Equal(JobId.FromIdempotencyKey(Tenant.Default, "order-1").ToString(), jobId);
        Assert.Equal(jobId, (await second.JsonAsync()).GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task CreateUpload_OfPosePhoto_SaysHowTargetsNameIt()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "uploads", Requests.Json("""{"fileName":"dancer.jpg","purpose":"pose-photo"}"""));

        var upload = await response.JsonAsync();
        Assert.False(upload.TryGetProperty("jobId", out _));
        var name = upload.GetProperty("photo").GetString()!;
        Assert.EndsWith("/dancer.jpg", name, StringComparison.Ordinal);

        api.Photos.Add(PhotoContainer.PosePhotos, "default", name, Requests.Photo);
        using var job = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: $$"""{"targets":[{"photo":"{{name}}"}]}"""));
        Assert.Equal(HttpStatusCode.Accepted, job.StatusCode);
    }

    [Theory]
    [InlineData("""{"fileName":"me.jpg"}""")]
    [InlineData("""{"fileName":"me.jpg","purpose":"pose-photo","request":{"targets":[{"pose":"front"}]}}""")]
    [InlineData("""{"fileName":"me.jpg","purpose":"portrait"}""")]
    [InlineData("""{"fileName":"me.jpg","purpose":1}""")]
    [InlineData("""{"fileName":"me.jpg","purpose":5}""")]
    [InlineData("""{"fileName":"me.jpg","purpose":"source,pose-photo"}""")]
    [InlineData("""{"fileName":"me.jpg","request":{"targets":[]}}""")]
    public async Task CreateUpload_NotValid_IsRefused(string body)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(body));

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Fact]
    public async Task CreateUpload_UnknownGenerator_IsRefused()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "uploads", Requests.Json("""{"request":{"generator":"gan","targets":[{"pose":"front"}]}}"""));

        await response.AssertProblemAsync(422, FailureCodes.GeneratorUnknown);
    }

    [Fact]
    public async Task CreateUpload_PosePhotoThatIsNotThere_IsRefused()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "uploads", Requests.Json("""{"request":{"targets":[{"photo":"gone.jpg"}]}}"""));

        Assert.Contains("gone.jpg", await response.AssertProblemAsync(422, FailureCodes.PosePhotoMissing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateUpload_NoJson_IsRefused()
    {
        using var content = new StringContent("me.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "uploads", content);

        await response.AssertProblemAsync(415, FailureCodes.MediaTypeUnsupported);
    }
}
