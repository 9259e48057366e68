using System.Net;
using System.Text.Json;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

public sealed class CreateJobTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync(new() { ["Api:MaxRequestBytes"] = "200000", ["ImageLimits:MaxBytes"] = "100000" });

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task CreateJob_FormWithRequest_StoresPhotoAndRecord()
    {
        const string Request = """{"generator":"xinggan","targets":[{"pose":"front"},{"pose":"walking"}],"output":{"format":"png","longSide":512}}""";
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: Request));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await FindAsync(response);
        Assert.Equal($"/api/jobs/{job.Record.Id}", response.Headers.Location!.ToString());
        Assert.Equal(JobState.Accepted, job.Record.State);
        Assert.Equal(["front", "walking"], job.Record.Targets.Select(target => target.Name));
        Assert.Equal(ImageFormat.Png, job.Record.Request.Output.Format);
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, job.Record.Id, job.Record.Source.BlobName);
        Assert.Equal(Requests.Photo.Length, photo!.Length);
        Assert.Equal(photo.ETag, job.Record.Source.ETag);
        Assert.Equal(job.Record.TraceParent, photo.Metadata[PhotoMetadata.TraceParent]);
        Assert.Equal(job.Record.Id, UploadHandler.JobIdOf("default", job.Record.Source.BlobName, photo.ETag, photo.Metadata));
        var carried = TransferRequestJson.Parse(Convert.FromBase64String(photo.Metadata[PhotoMetadata.Request]));
        Assert.Equal(512, carried.Output.LongSide);
    }

    [Fact]
    public async Task CreateJob_PlainFields_MeanWhatMetadataMeans()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(
            fields: [("poses", "front, walking"), ("generator", "xinggan"), ("format", "webp"), ("quality", "70"), ("longSide", "256"), ("keepBackground", "true")]));

        var request = (await FindAsync(response)).Record.Request;
        Assert.Equal(["front", "walking"], request.Targets.Select(target => target.Pose));
        Assert.Equal("xinggan", request.Generator);
        Assert.Equal(new OutputOptions { Format = ImageFormat.WebP, Quality = 70, LongSide = 256, KeepBackground = true }, request.Output);
    }

    [Fact]
    public async Task CreateJob_PlainFieldsOfPersonAndBackground_MeanWhatJsonMeans()
    {
        using var plain = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(
            fields: [("poses", "front"), ("person", "0.5,0,0.5,1"), ("background", "#F4F4F4")]));
        const string Json = """{"targets":[{"pose":"front"}],"person":[0.5,0,0.5,1],"output":{"background":"#f4f4f4"}}""";
        using var whole = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("request", Json)));

        var request = (await FindAsync(plain)).Record.Request;
        Assert.Equal(new PersonSelection(PersonRule.Largest, new PersonBox(0.5, 0, 0.5, 1)), request.Person);
        Assert.Equal(((byte)0xF4, (byte)0xF4, (byte)0xF4), request.Output.Background.Colour);
        var other = (await FindAsync(whole)).Record.Request;
        Assert.Equal((request.Person, request.Output), (other.Person, other.Output));
    }

    [Theory]
    [InlineData(HttpStatusCode.Accepted, "flow-transfer")]
    [InlineData(HttpStatusCode.BadRequest, "xinggan")]
    public async Task CreateJob_MinCoverage_IsTakenOnlyForGeneratorsThatTellIt(HttpStatusCode expected, string generator)
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(fields: [("poses", "front"), ("minCoverage", "0.5"), ("generator", generator)]));

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.Accepted)
        {
            Assert.Equal(0.5, (await FindAsync(response)).Record.Request.MinCoverage);
        }
    }

    [Fact]
    public async Task CreateJob_Json_IsTheSameAsForm()
    {
        var body = $$"""{ "photo": "{{Convert.ToBase64String(Requests.Photo)}}", "fileName": "me.jpg", "request": { "targets": [{ "pose": "front" }] } }""";
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Json(body));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var record = (await FindAsync(response)).Record;
        Assert.EndsWith("/me.jpg", record.Source.BlobName, StringComparison.Ordinal);
        Assert.Equal(Requests.Photo.Length, record.Source.Length);
    }

    [Theory]
    [InlineData("data:image/jpeg;base64,")]
    [InlineData("data:;base64,")]
    [InlineData("DATA:text/html;charset=utf-8;BASE64,")]
    [InlineData("data:image\\/jpeg;base64,")]
    public async Task CreateJob_JsonWithDataUrls_TakesTheirBytes(string prefix)
    {
        var photo = $"{prefix}{Convert.ToBase64String(Requests.Photo)}";
        var body = $$$"""{"photo":"{{{photo}}}","posePhotos":{"a":"{{{photo}}}"},"request":{"targets":[{"photo":"a"}]}}""";
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Json(body));

        var record = (await FindAsync(response)).Record;
        foreach (var (container, name) in ((PhotoContainer, string)[])
            [(PhotoContainer.Uploads, record.Source.BlobName), (PhotoContainer.PosePhotos, record.Request.Targets[0].Photo!)])
        {
            await using var stored = await api.FindPhotoAsync(container, record.Id, name);
            using var bytes = new MemoryStream();
            await stored!.Content.CopyToAsync(bytes, Cancel);
            Assert.Equal(Requests.Photo, bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("jpg", ImageFormat.Jpeg)]
    [InlineData("JPEG", ImageFormat.Jpeg)]
    [InlineData("image/jpeg", ImageFormat.Jpeg)]
    [InlineData("Image/JPG", ImageFormat.Jpeg)]
    [InlineData(" png ", ImageFormat.Png)]
    [InlineData("WebP", ImageFormat.WebP)]
    [InlineData("image/avif", ImageFormat.Avif)]
    public async Task CreateJob_FormatByAnyOfItsNames_IsTaken(string name, ImageFormat format)
    {
        using var plain = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("format", name)));
        using var json = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: $$$"""{"targets":[{"pose":"front"}],"output":{"format":"{{{name}}}"}}"""));

        Assert.Equal(format, (await FindAsync(plain)).Record.Request.Output.Format);
        Assert.Equal(format, (await FindAsync(json)).Record.Request.Output.Format);
    }

    [Theory]
    [InlineData("pos\u00e9.jpg", "pose\u0301.jpg")]
    [InlineData("pose\u0301.jpg", "pos\u00e9.jpg")]
    [InlineData("\u1112\u1161\u11ab.jpg", "\ud55c.jpg")]
    public async Task CreateJob_PosePhotoNamedInAnotherNormalForm_IsFound(string named, string sent)
    {
        var request = $$"""{"targets":[{"photo":"{{named}}"}]}""";
        var photo = Convert.ToBase64String(Requests.Photo);
        using var form = Requests.Form(request: request);
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", sent);
        using var fromForm = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);
        using var fromJson = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Json($$$"""{"photo":"{{{photo}}}","posePhotos":{"{{{sent}}}":"{{{photo}}}"},"request":{{{request}}}}"""));

        Assert.EndsWith($"0-{PhotoNameComparer.Compose(sent)}", (await FindAsync(fromForm)).Record.Request.Targets[0].Photo, StringComparison.Ordinal);
        Assert.EndsWith($"0-{PhotoNameComparer.Compose(sent)}", (await FindAsync(fromJson)).Record.Request.Targets[0].Photo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_LongRequest_IsKeptBesideThePhoto()
    {
        var point = string.Join(",", Enumerable.Repeat("[0.123456,0.654321]", 18));
        var targets = string.Join(",", Enumerable.Repeat($$"""{ "keypoints": [{{point}}] }""", 64));
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: $$"""{"targets":[{{targets}}]}"""));

        var record = (await FindAsync(response)).Record;
        Assert.Equal(64, record.Targets.Count);
        await using var photo = await api.FindPhotoAsync(PhotoContainer.Uploads, record.Id, record.Source.BlobName);
        Assert.DoesNotContain(PhotoMetadata.Request, photo!.Metadata.Keys);
        var kept = await api.Requests.FindAsync(Tenant.Default, photo.Metadata[PhotoMetadata.RequestKey], Cancel);
        Assert.Equal(64, TransferRequestJson.Parse(kept).Targets.Count);
    }

    [Fact]
    public async Task CreateJob_WithPosePhoto_StoresItWhereTheTargetFindsIt()
    {
        var form = Requests.Form(request: """{"targets":[{"photo":"dancer.jpg"},{"pose":"front"}]}""");
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", "dancer.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        var record = (await FindAsync(response)).Record;
        await using var photo = await api.FindPhotoAsync(PhotoContainer.PosePhotos, record.Id, record.Request.Targets[0].Photo!);
        Assert.Equal(Requests.Photo.Length, photo!.Length);
    }

    [Fact]
    public async Task CreateJob_PosePhotoThatIsNotThere_IsRefused()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: """{"targets":[{"photo":"gone.jpg"}]}"""));

        await response.AssertProblemAsync(422, FailureCodes.PosePhotoMissing);
    }

    [Fact]
    public async Task CreateJob_PosePhotoThatNoTargetNames_IsRefused()
    {
        var form = Requests.Form(fields: ("poses", "front"));
        form.Add(new ByteArrayContent(Requests.Photo), "posePhoto", "dancer.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Contains("dancer.jpg", await response.AssertProblemAsync(400, FailureCodes.RequestInvalid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateJob_WorkerWasFaster_AnswersWithItsRecord()
    {
        var id = JobId.FromIdempotencyKey(Tenant.Default, "raced");
        var looks = 0;
        api.Jobs.BeforeRead = () => looks++;
        api.Jobs.BeforeCreate = () => api.AddAsync(AJob.Parsing(id));
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(), ("Idempotency-Key", "raced"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("parsing", (await response.JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(2, looks);
    }

    [Theory]
    [InlineData("../../etc/passwd.jpg", "passwd.jpg")]
    [InlineData("{tenant}/{name}.jpg", "name.jpg")]
    [InlineData("C:\\pictures\\a b.jpg", "a-b.jpg")]
    [InlineData("\u202Egpj.exe", "gpj.exe")]
    [InlineData("...", "photo")]
    [InlineData("größe.webp", "größe.webp")]
    [InlineData("gro\u0308ße.webp", "größe.webp")]
    public async Task CreateJob_StrangeFileName_IsStoredUnderAHarmlessOne(string fileName, string stored)
    {
        var body = JsonSerializer.Serialize(new
        {
            photo = Requests.Photo,
            fileName,
            request = new { targets = new[] { new { pose = "front" } } },
        });
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Json(body));

        var record = (await FindAsync(response)).Record;
        Assert.Equal($"{record.Id.Digest}/{stored}", record.Source.BlobName);
        Assert.Equal(stored, (await response.JsonAsync()).GetProperty("source").GetProperty("name").GetString());
    }

    [Fact]
    public async Task CreateJob_QueueCannotBeMeasured_AnswersWithTheJobWithoutEstimate()
    {
        api.Queue.BeforeMeasure = () => throw new InfrastructureException("The queue does not answer.", isTransient: true);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form());

        await FindAsync(response);
        Assert.False((await response.JsonAsync()).TryGetProperty("queue", out _));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private async Task<StoredJob> FindAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        return (await api.Records.FindAsync(id, Cancel))!;
    }
}
