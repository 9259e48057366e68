using System.Net;
using System.Text.Json;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>Several photos of one person make one job.</summary>
public sealed class SourcesTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["back.jpg","side.jpg"]}""")]
    [InlineData(null)]
    public async Task CreateJob_PhotosAlong_StoresAllAndTellsThemAndErasesThem(string? request)
    {
        using var form = request is null
            ? Requests.Form(fields: [("generator", "flow-transfer"), ("poses", "front")])
            : Requests.Form(request: request);
        Add(form, "back.jpg", 1);
        Add(form, "side.jpg", 2);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var view = await response.JsonAsync();
        Assert.Equal(["source-0-back.jpg", "source-1-side.jpg"], view.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("name").GetString()));
        Assert.True(JobId.TryParse(view.GetProperty("id").GetString(), out var id));
        var record = (await api.Records.FindAsync(id, Cancel))!.Record;
        Assert.Equal(4, record.SchemaVersion);
        foreach (var (index, name) in record.Request.Sources.Index())
        {
            await using var source = await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, name);
            Assert.Equal(Requests.Photo.Length + index + 1, source!.Length);
        }

        using var erased = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");
        foreach (var name in record.Request.Sources)
        {
            Assert.Null(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, name));
        }
    }

    [Fact]
    public async Task CreateJob_PhotosAsJson_AreStoredToo()
    {
        var photo = Convert.ToBase64String(Requests.Photo);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Json(
            $$"""
            {"photo":"{{photo}}","request":{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["back.jpg"]},"sourcePhotos":{"back.jpg":"{{photo}}"} }
            """));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        var name = Assert.Single((await api.Records.FindAsync(id, Cancel))!.Record.Request.Sources);
        Assert.NotNull(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, name));
    }

    [Fact]
    public async Task CreateJob_PhotoThatIsStoredAlready_IsNamedAsItIsAndStays()
    {
        await api.Photos.WriteAsync(PhotoContainer.PosePhotos, Tenant.Default, "own/back.jpg", new MemoryStream(Requests.Photo), new Dictionary<string, string>(), Cancel);
        using var form = Requests.Form(fields: [("generator", "flow-transfer"), ("poses", "front"), ("sources", "own/back.jpg")]);
        Add(form, "side.jpg", 2);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        var sources = (await api.Records.FindAsync(id, Cancel))!.Record.Request.Sources;
        Assert.Equal("own/back.jpg", sources[0]);
        Assert.EndsWith("source-0-side.jpg", sources[1], StringComparison.Ordinal);

        using var erased = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");
        Assert.NotNull(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, "own/back.jpg"));
    }

    [Theory]
    [InlineData("""{"generator":"xinggan","targets":[{"pose":"front"}],"sources":["back.jpg"]}""", 400, FailureCodes.GeneratorUnsuitable)]
    [InlineData("""{"generator":"scam","scene":"back.jpg","sources":["back.jpg"]}""", 400, FailureCodes.GeneratorUnsuitable)]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["back.jpg","gone.jpg"]}""", 422, FailureCodes.SourcePhotoMissing)]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["back.jpg","a","b","c"]}""", 400, FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["back.jpg","back.jpg"]}""", 400, FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["other.jpg"]}""", 400, FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"flow-transfer","targets":[{"pose":"front"}]}""", 400, FailureCodes.RequestInvalid)]
    public async Task CreateJob_SourcesThatCannotBe_AreRefusedAndNothingIsStored(string request, int status, string code)
    {
        using var form = Requests.Form(request: request);
        Add(form, "back.jpg", 1);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form, ("Idempotency-Key", "k"));

        await response.AssertProblemAsync(status, code);
        var id = JobId.FromIdempotencyKey(Tenant.Default, "k");
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, $"{id.Digest}/source-0-back.jpg"));
    }

    [Fact]
    public async Task CreateJob_FurtherPhotoThatIsNone_IsRefused()
    {
        using var form = Requests.Form(request: """{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["page.jpg"]}""");
        form.Add(new ByteArrayContent("<html>"u8.ToArray()), "sourcePhoto", "page.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        await response.AssertProblemAsync(415, FailureCodes.ImageFormatUnsupported);
    }

    [Fact]
    public async Task CreateJob_SameKeyWithAnotherFurtherPhoto_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SubmitAsync("back.jpg", 1));
        Assert.NotEqual(HttpStatusCode.UnprocessableEntity, await SubmitAsync("back.jpg", 1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SubmitAsync("back.jpg", 2));

        async Task<HttpStatusCode> SubmitAsync(string name, byte end)
        {
            using var form = Requests.Form(fields: [("generator", "flow-transfer"), ("poses", "front")]);
            Add(form, name, end);
            using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form, ("Idempotency-Key", "same"));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task CreateUpload_PhotosThatAreStillOnTheirWay_AreWaitedForByTheJob()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(
            """{"request":{"generator":"flow-transfer","targets":[{"pose":"front"}],"sources":["later/back.jpg"]}}"""));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var encoded = (await response.JsonAsync()).GetProperty("headers").GetProperty("x-ms-meta-request").GetString()!;
        Assert.Equal(["later/back.jpg"], TransferRequestJson.Parse(Convert.FromBase64String(encoded)).Sources);
    }

    [Fact]
    public async Task CreateUpload_GeneratorThatTakesOnePhoto_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "uploads", Requests.Json(
            """{"request":{"generator":"xinggan","targets":[{"pose":"front"}],"sources":["back.jpg"]}}"""));

        await response.AssertProblemAsync(400, FailureCodes.GeneratorUnsuitable);
    }

    [Fact]
    public async Task GetJob_PhotosThatWereParsedSoFar_AreToldAsTheFirstIs()
    {
        var request = AJob.Request() with { Sources = ["a/source-0-back.jpg", "side.jpg"] };
        var back = new SourcePhoto("a/source-0-back.jpg", "0x2", 2000, new('b', 64), 200, 400, "p", People: 2, Person: new(50, 100, 100, 200), Turns: 1);
        var job = AJob.Parsing(request: request).AwaitPhotos(AJob.Queued().Source, [back], request, AJob.Now);
        await api.AddAsync(job);
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        var view = await response.JsonAsync();
        var sources = view.GetProperty("sources");
        Assert.Equal(("source-0-back.jpg", 2000, 2, 90), (Text(sources[0], "name"), Number(sources[0], "length"), Number(sources[0], "people"), Number(sources[0], "turned")));
        Assert.Equal([0.25, 0.25, 0.5, 0.5], sources[0].GetProperty("person").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal("Waiting for photos that the request names.", Text(view, "stage"));
        Assert.Equal("side.jpg", Text(sources[1], "name"));
        Assert.Single(sources[1].EnumerateObject());
        Assert.Equal(["several_people"], view.GetProperty("warnings").EnumerateArray().Select(code => code.GetString()));
    }

    [Theory]
    [InlineData(PersonRule.Left, false, false)]
    [InlineData(PersonRule.Largest, true, true)]
    public async Task GetJob_SeveralPeopleInAFurtherPhoto_WarnsUnlessARuleWasSaid(PersonRule rule, bool isBox, bool warns)
    {
        var request = AJob.Request() with { Sources = ["back.jpg"], Person = new(rule, isBox ? new(0, 0, 1, 1) : null) };
        var job = AJob.Parsing(request: request);
        job = job.Enqueue(
            job.Source with { People = 1 }, request, job.Targets, 1, AJob.Now, sources: [new("back.jpg", "0x2", 2000, new('b', 64), 200, 400, "p", People: 2)]);
        await api.AddAsync(job);
        using var response = await api.Client.FetchAsync($"jobs/{job.Id}");

        Assert.Equal(warns ? 1 : 0, (await response.JsonAsync()).GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public async Task ReplayJob_FurtherPhotosThatCameAlong_AreCopiedAndOthersNamedAgain()
    {
        await api.Photos.WriteAsync(PhotoContainer.PosePhotos, Tenant.Default, "own/back.jpg", new MemoryStream(Requests.Photo), new Dictionary<string, string>(), Cancel);
        using var form = Requests.Form(fields: [("generator", "flow-transfer"), ("poses", "front"), ("sources", "own/back.jpg")]);
        Add(form, "side.jpg", 2);
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        await api.ChangeAsync(id, job =>
        {
            var running = job.Enqueue(job.Source, job.Request, job.Targets, 1, AJob.Now)
                .TakeBy(AJob.Owner, new("flow-transfer", "1.0.0", 48, 64, new('c', 64), "fp32"), ownerIsGone: false, AJob.Now);
            return running.Complete(running.Fence, AJob.SucceededTargets(running), running.Timings, AJob.Now);
        });

        using var replayed = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{id}/replay");

        Assert.Equal(HttpStatusCode.Accepted, replayed.StatusCode);
        Assert.True(JobId.TryParse(await replayed.IdAsync(), out var again));
        var sources = (await api.Records.FindAsync(again, Cancel))!.Record.Request.Sources;
        Assert.Equal("own/back.jpg", sources[0]);
        Assert.StartsWith(again.Digest, sources[1], StringComparison.Ordinal);
        await using var copy = await api.FindPhotoAsync(PhotoContainer.PosePhotos, again, sources[1]);
        Assert.Equal(Requests.Photo.Length + 2, copy!.Length);
    }

    /// <summary>Adds a photo that ends in so many bytes of its own.</summary>
    private static void Add(MultipartFormDataContent form, string name, byte end) =>
        form.Add(new ByteArrayContent([.. Requests.Photo, .. Enumerable.Repeat(end, end)]), "sourcePhoto", name);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
