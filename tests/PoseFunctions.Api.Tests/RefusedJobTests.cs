using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Tests;

/// <summary>What is no job is refused with its code, and nothing of it is stored.</summary>
public sealed class RefusedJobTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync(new() { ["Api:MaxRequestBytes"] = "200000", ["ImageLimits:MaxBytes"] = "100000" });

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("<html><body>no photo</body></html>")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("")]
    public async Task CreateJob_NoPhoto_IsRefusedBeforeAnythingIsStored(string content)
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(System.Text.Encoding.ASCII.GetBytes(content)), ("Idempotency-Key", "bad"));

        await response.AssertProblemAsync(415, FailureCodes.ImageFormatUnsupported);
        var id = JobId.FromIdempotencyKey(Tenant.Default, "bad");
        Assert.Null(await api.Records.FindAsync(id, Cancel));
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.Uploads, id, $"{id.Digest}/me.jpg"));
    }

    [Fact]
    public async Task CreateJob_PhotoTooLarge_IsRefused()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form([.. Requests.Photo, .. new byte[100_000]]));

        await response.AssertProblemAsync(413, FailureCodes.ImageTooManyBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CreateJob_BodyTooLarge_IsRefusedWhetherItSaysItsLengthOrNot(bool chunked)
    {
        using var form = Requests.Form([.. Requests.Photo, .. new byte[200_000]]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "jobs") { Content = form };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        using var response = await api.Client.SendAsync(request, Cancel);

        await response.AssertProblemAsync(413, FailureCodes.RequestTooLarge);
    }

    [Theory]
    [InlineData("jobs", false)]
    [InlineData("jobs", true)]
    [InlineData("uploads", false)]
    [InlineData("uploads", true)]
    public async Task AnyFunction_JsonTooLarge_IsRefusedWhetherItSaysItsLengthOrNot(string path, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Requests.Json($"{{\"fileName\":\"{new string('a', 1_100_000)}\"}}") };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        using var response = await api.Client.SendAsync(request, Cancel);

        await response.AssertProblemAsync(413, FailureCodes.RequestTooLarge);
    }

    [Theory]
    [InlineData("""{"targets":[]}""")]
    [InlineData("""{"targets":[{"pose":"front"}],"colour":"red"}""")]
    [InlineData("""{"targets":[{"pose":"front","photo":"a"}]}""")]
    [InlineData("""{"targets":""")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"quality":0}}""")]
    [InlineData("""{"targets":[{"pose":"front"}],"output":{"format":"png,webp"}}""")]
    public async Task CreateJob_RequestNotValid_IsRefused(string request)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: request));

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Theory]
    [InlineData("""{"photo":"no base64!","request":{"targets":[{"pose":"front"}]}}""")]
    [InlineData("""{"request":{"targets":[{"pose":"front"}]}}""")]
    [InlineData("""{"photo":""")]
    [InlineData("null")]
    [InlineData("""{"photo":null,"request":{"targets":[{"pose":"front"}]}}""")]
    [InlineData("""{"photo":"AAAA","photo":"AAAA","request":{"targets":[{"pose":"front"}]}}""")]
    [InlineData("""{"photo":"AAAA","posePhotos":{"a":null},"request":{"targets":[{"photo":"a"}]}}""")]
    [InlineData("""{"photo":"AAAA","request":{"targets":[{"pose":"front"}]},"more":1}""")]
    public async Task CreateJob_JsonNotValid_IsRefused(string body)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Json(body));

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Fact]
    public async Task CreateJob_TwoPosePhotosWhoseNamesReadAlike_AreRefusedByName()
    {
        using var form = Requests.Form(request: """{"targets":[{"photo":"a\u0308"}]}""");
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", "a\u0308");
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", "\u00e4");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Contains("\u00e4", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pose", "front")]
    [InlineData("idempotencykey", "mine")]
    [InlineData("format", "png,webp")]
    [InlineData("format", "1")]
    public async Task CreateJob_FormFieldNotValid_IsRefusedByName(string name, string value)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: (name, value)));

        Assert.Contains(name, await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_PlainFieldBesideRequest_IsRefusedByName()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: """{"targets":[{"pose":"front"}]}""", fields: ("quality", "70")));

        Assert.Contains("quality", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_FileOfAnotherField_IsRefusedByName()
    {
        var form = Requests.Form();
        form.Add(new ByteArrayContent(Requests.Photo), "posephotos", "dancer.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Contains("posephotos", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_UnknownGenerator_SaysWhichThereAre()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("generator", "gan")));

        Assert.Contains("xinggan", await response.AssertProblemAsync(422, FailureCodes.GeneratorUnknown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_UnknownPose_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("poses", "handstand-on-moon")));

        await response.AssertProblemAsync(422, FailureCodes.PoseUnknown);
    }

    [Fact]
    public async Task CreateJob_DeadlineInThePast_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("expiresAt", "2025-12-31T23:59:59Z")));

        await response.AssertProblemAsync(422, FailureCodes.DeadlinePassed);
    }

    [Fact]
    public async Task CreateJob_OtherMediaType_IsRefused()
    {
        using var content = new ByteArrayContent(Requests.Photo) { Headers = { ContentType = new("image/jpeg") } };
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", content);

        await response.AssertProblemAsync(415, FailureCodes.MediaTypeUnsupported);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    public async Task CreateJob_IdempotencyKeyNotValid_IsRefused(string key)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(), ("Idempotency-Key", key));

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Fact]
    public async Task CreateJob_TenantNotValid_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(), ("X-Tenant", "../other"));

        await response.AssertProblemAsync(400, FailureCodes.TenantInvalid);
    }
}
