using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>An idempotency key names one request: the same one again finds its job, and another one is refused.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Key = "order-1";
    private const string Request = """{"targets":[{"photo":"dancer.jpg"},{"pose":"front"}]}""";
    private const string UploadRequest = """{"fileName":"me.jpg","request":{"targets":[{"pose":"front"}]}}""";

    private static readonly byte[] Other = [.. Requests.Photo, 1];

    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<HttpContent>> OtherRequests => new()
    {
        { "photo", () => Form(photo: Other) },
        { "file name", () => Form(fileName: "you.jpg") },
        { "pose photo", () => Form(posePhoto: Other) },
        { "targets", () => Form(request: """{"targets":[{"photo":"dancer.jpg"}]}""") },
        { "output", () => Form(request: Request.Replace("}]}", "}],\"output\":{\"format\":\"png\"}}", StringComparison.Ordinal)) },
        { "form of the body", () => Json(Other) },
        { "everything", () => Requests.Form() },
    };

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task CreateJob_SameRequestAgain_AnswersWithTheSameJobAndStoresNothing()
    {
        using var first = await SubmitAsync(Form());
        var before = await FindAsync(first);
        using var second = await SubmitAsync(Form());

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        var after = await FindAsync(second);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(JobId.FromIdempotencyKey(Tenant.Default, Key), after.Record.Id);
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, after.Record.Id, after.Record.Source.BlobName);
        Assert.Equal(before.Record.Source.ETag, photo!.ETag);
    }

    [Fact]
    public async Task CreateJob_SameRequestInAnotherForm_AnswersWithTheSameJob()
    {
        using var first = await SubmitAsync(Form());
        using var second = await SubmitAsync(Json(Requests.Photo));

        Assert.Equal((await FindAsync(first)).Version, (await FindAsync(second)).Version);
    }

    [Theory]
    [MemberData(nameof(OtherRequests))]
    public async Task CreateJob_OtherRequestWithTheSameKey_IsRefusedAndStoresNothing(string what, Func<HttpContent> other)
    {
        using var first = await SubmitAsync(Form());
        var before = await FindAsync(first);
        using var second = await SubmitAsync(other());

        Assert.True(second.StatusCode == HttpStatusCode.UnprocessableEntity, what);
        var detail = await second.AssertProblemAsync(422, FailureCodes.IdempotencyKeyReused);
        Assert.Contains(before.Record.Id.ToString(), detail, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await api.Records.FindAsync(before.Record.Id, Cancel))!.Version);
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, before.Record.Id, before.Record.Source.BlobName);
        Assert.Equal(before.Record.Source.ETag, photo!.ETag);
    }

    [Fact]
    public async Task CreateJob_OtherRequestWasFaster_IsRefused()
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, Key);
        api.Jobs.BeforeCreate = () => api.AddAsync(AJob.Parsing(id) with { Fingerprint = "of another request" });
        using var response = await SubmitAsync(Form());

        await response.AssertProblemAsync(422, FailureCodes.IdempotencyKeyReused);
    }

    [Fact]
    public async Task CreateJob_RecordWithoutFingerprint_IsTakenForThatOfTheRequest()
    {
        var job = await api.AddAsync(AJob.Parsing(JobId.FromIdempotencyKey(Tenant.Default, Key)));
        using var response = await SubmitAsync(Form());

        Assert.Equal(job.Version, (await FindAsync(response)).Version);
    }

    [Fact]
    public async Task CreateJob_WithoutKey_KeepsNoFingerprint()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Form());

        Assert.Null((await FindAsync(response)).Record.Fingerprint);
    }

    [Fact]
    public async Task CreateJob_PhotoOfTheJob_CarriesTheFingerprintOfTheRecord()
    {
        using var response = await SubmitAsync(Form());

        var record = (await FindAsync(response)).Record;
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, record.Id, record.Source.BlobName);
        Assert.NotNull(record.Fingerprint);
        Assert.Equal(record.Fingerprint, photo!.Metadata[PhotoMetadata.Fingerprint]);
    }

    [Theory]
    [InlineData(UploadRequest, true)]
    [InlineData("""{"fileName":"you.jpg","request":{"targets":[{"pose":"front"}]}}""", false)]
    [InlineData("""{"fileName":"me.jpg","request":{"targets":[{"pose":"walking"}]}}""", false)]
    public async Task CreateUpload_KeyOfAJobThatIsThere_IsForTheSameRequestOnly(string body, bool isSame)
    {
        using var first = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(UploadRequest), ("Idempotency-Key", Key));
        var fingerprint = (await first.JsonAsync()).GetProperty("headers").GetProperty($"x-ms-meta-{PhotoMetadata.Fingerprint}").GetString();
        await api.AddAsync(AJob.Queued(JobId.FromIdempotencyKey(Tenant.Default, Key)) with { Fingerprint = fingerprint });
        using var second = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(body), ("Idempotency-Key", Key));

        if (isSame)
        {
            Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        }
        else
        {
            await second.AssertProblemAsync(422, FailureCodes.IdempotencyKeyReused);
        }
    }

    [Fact]
    public async Task ReplayJob_KeyOfAnotherReplay_IsRefused()
    {
        using var replayed = await SubmitAsync(Form());
        var record = (await FindAsync(replayed)).Record;
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, $"jobs/{record.Id}/replay", content: null, ("Idempotency-Key", Key));

        await response.AssertProblemAsync(422, FailureCodes.IdempotencyKeyReused);
    }

    private static MultipartFormDataContent Form(
        byte[]? photo = null, string fileName = "me.jpg", byte[]? posePhoto = null, string request = Request)
    {
        var form = Requests.Form(photo, fileName, request);
        form.Add(new ByteArrayContent(posePhoto ?? Requests.Photo), "posePhoto", "dancer.jpg");
        return form;
    }

    private static StringContent Json(byte[] photo) => Requests.Json(
        $$"""
        {
          "request": {{Request}},
          "photo": "{{Convert.ToBase64String(photo)}}",
          "fileName": "me.jpg",
          "posePhotos": { "dancer.jpg": "{{Convert.ToBase64String(Requests.Photo)}}" }
        }
        """);

    private Task<HttpResponseMessage> SubmitAsync(HttpContent body) =>
        api.Client.SendAsync(HttpMethod.Post, "jobs", body, ("Idempotency-Key", Key));

    private async Task<StoredJob> FindAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        return (await api.Records.FindAsync(id, Cancel))!;
    }
}
