using System.Net;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Api.Tests;

/// <summary>Two photos make one job; and jobs are done once more.</summary>
public sealed class SubjectTransferTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.StartAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("""{"generator":"scam","scene":"beach.jpg","seed":7}""")]
    [InlineData(null)]
    public async Task CreateJob_SceneAlong_StoresBothPhotosAndTellsThem(string? request)
    {
        using var form = request is null
            ? Requests.Form(fields: [("generator", "scam"), ("seed", "7")])
            : Requests.Form(request: request);
        form.Add(new ByteArrayContent([.. Requests.Photo, 1]), "scenePhoto", "beach.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var view = await response.JsonAsync();
        Assert.EndsWith("beach.jpg", view.GetProperty("scene").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal("scene", view.GetProperty("targets")[0].GetProperty("name").GetString());
        Assert.True(JobId.TryParse(view.GetProperty("id").GetString(), out var id));
        var record = (await api.Records.FindAsync(id, Cancel))!.Record;
        Assert.Equal((7, 2), (record.Seed, record.SchemaVersion));
        await using var scene = await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, record.Request.Scene!);
        Assert.Equal(Requests.Photo.Length + 1, scene!.Length);

        using var erased = await api.Client.SendAsync(HttpMethod.Delete, $"jobs/{id}");
        Assert.Null(await api.FindPhotoAsync(PhotoContainer.PosePhotos, id, record.Request.Scene!));
    }

    [Theory]
    [InlineData("""{"generator":"xinggan","scene":"beach.jpg"}""", FailureCodes.GeneratorUnsuitable)]
    [InlineData("""{"scene":"beach.jpg"}""", FailureCodes.GeneratorUnsuitable)]
    [InlineData("""{"generator":"xinggan","targets":[{"pose":"front"}],"seed":1}""", FailureCodes.GeneratorUnsuitable)]
    [InlineData("""{"generator":"scam","scene":"beach.jpg","targets":[{"pose":"front"}]}""", FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"scam","targets":[{"pose":"front"}],"seed":-1}""", FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"scam","targets":[{"pose":"front"}],"seed":9007199254740992}""", FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"scam","targets":[{"pose":"front"}],"modelHash":"abc"}""", FailureCodes.RequestInvalid)]
    [InlineData("""{"generator":"scam","scene":""}""", FailureCodes.RequestInvalid)]
    public async Task CreateJob_WhatTheGeneratorCannotDoOrNobodyCan_IsA400(string request, string code)
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: request));

        await response.AssertProblemAsync(400, code);
    }

    [Fact]
    public async Task CreateJob_SceneNamedInAnotherNormalForm_IsFound()
    {
        using var form = Requests.Form(request: """{"generator":"scam","scene":"cafe\u0301.jpg"}""");
        form.Add(new ByteArrayContent(Requests.Photo), "scenePhoto", "caf\u00e9.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task CreateJob_SceneThatIsNotThere_IsRefused()
    {
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(request: """{"generator":"scam","scene":"gone.jpg"}"""));

        await response.AssertProblemAsync(422, FailureCodes.ScenePhotoMissing);
    }

    [Fact]
    public async Task CreateJob_SceneThatTheRequestDoesNotName_IsRefused()
    {
        using var form = Requests.Form(request: """{"generator":"scam","targets":[{"pose":"front"}]}""");
        form.Add(new ByteArrayContent(Requests.Photo), "scenePhoto", "beach.jpg");
        using var response = await api.Client.SendAsync(HttpMethod.Post, "jobs", form);

        await response.AssertProblemAsync(400, FailureCodes.RequestInvalid);
    }

    [Fact]
    public async Task ReplayJob_SucceededJob_MakesOneOfItsOwnWithTheSameModelAndSeed()
    {
        var original = await SucceededAsync();

        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{original.Id}/replay", content: null, ("Idempotency-Key", "again"));
        using var repeated = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{original.Id}/replay", content: null, ("Idempotency-Key", "again"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        Assert.Equal(id.ToString(), await repeated.IdAsync());
        Assert.NotEqual(original.Id, id);
        var replay = (await api.Records.FindAsync(id, Cancel))!.Record;
        Assert.Equal(("scam", original.Generator!.ModelHash, 4711L), (replay.Request.Generator, replay.Request.ModelHash, replay.Request.Seed));
        Assert.StartsWith(id.Digest, replay.Source.BlobName, StringComparison.Ordinal);
        Assert.Equal(original.Request.Targets, replay.Request.Targets);
    }

    [Fact]
    public async Task ReplayJob_JobThatHasNotSucceeded_IsAConflict()
    {
        var running = await api.AddAsync(AJob.Running());

        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{running.Record.Id}/replay");

        await response.AssertProblemAsync(409, FailureCodes.JobStateConflict);
    }

    [Fact]
    public async Task ReplayJob_PhotoIsGone_SaysSo()
    {
        var gone = await api.AddAsync(AJob.Succeeded());

        using var response = await api.Client.SendAsync(HttpMethod.Post, $"jobs/{gone.Record.Id}/replay");

        await response.AssertProblemAsync(422, FailureCodes.PhotoMissing);
    }

    private async Task<JobRecord> SucceededAsync()
    {
        using var response = await api.Client.SendAsync(
            HttpMethod.Post, "jobs", Requests.Form(request: """{"generator":"scam","targets":[{"pose":"front"},{"pose":"walking"}]}"""));
        Assert.True(JobId.TryParse(await response.IdAsync(), out var id));
        var generator = new JobGenerator("scam", "1.0.0", 48, 64, new('c', 64), "fp32", 4711);
        return (await api.ChangeAsync(id, job =>
        {
            var queued = job.StartParsing(AJob.Now).Enqueue(
                job.Source with { PixelHash = new('a', 64), ParserVersion = "p", Width = 3, Height = 4 }, job.Request, job.Targets, 1, AJob.Now);
            var running = queued.TakeBy(AJob.Owner, generator, ownerIsGone: false, AJob.Now);
            return running.Complete(running.Fence, AJob.SucceededTargets(running), running.Timings, AJob.Now);
        })).Record;
    }
}
