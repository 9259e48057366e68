using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Api.Tests.Support;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Api.Tests;

/// <summary>The functions over the services that the program composes, and real storage.</summary>
public sealed class RealStorageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private WebApplication app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Photos"] = azurite.ConnectionString };
        app = await FunctionServer.StartAsync(
            settings, (services, configuration) => services.AddPoseFunctionsApi(configuration), Cancel);
        client.BaseAddress = FunctionServer.BaseAddressOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Job_CreatedReadCancelledDeleted_LeavesNothingBehind()
    {
        using var created = await client.SendAsync(HttpMethod.Post, "jobs", Requests.Form(fields: ("poses", "front")));
        Assert.True(created.StatusCode == HttpStatusCode.Accepted, await created.Content.ReadAsStringAsync(Cancel));
        var path = created.Headers.Location!.ToString();
        Assert.True(JobId.TryParse(await created.IdAsync(), out var id));

        using var known = await client.FetchAsync(path, ("If-None-Match", created.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var foreign = await client.FetchAsync(path, ("If-None-Match", "\"no tag of ours\""));
        Assert.Equal(HttpStatusCode.OK, foreign.StatusCode);
        using var cancelled = await client.SendAsync(HttpMethod.Post, $"{path}/cancel");
        Assert.Equal("cancelled", (await cancelled.JsonAsync()).GetProperty("state").GetString());
        using var deleted = await client.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await client.FetchAsync(path, ("If-None-Match", created.Headers.ETag!.ToString()));
        await gone.AssertProblemAsync(404, "job_unknown");

        var photos = app.Services.GetRequiredService<IPhotoStore>();
        Assert.Null(await photos.OpenAsync(PhotoContainer.Uploads, "default", $"{id.Digest}/me.jpg", Cancel));
    }

    [Fact]
    public async Task Upload_ByTheUrlHandedOut_ArrivesWithTheRequest()
    {
        using var response = await client.SendAsync(
            HttpMethod.Post, "uploads", Requests.Json("""{"fileName":"me.jpg","request":{"targets":[{"pose":"front"}]}}"""));
        var upload = await response.JsonAsync();
        using var put = new HttpRequestMessage(HttpMethod.Put, upload.GetProperty("url").GetString())
        {
            Content = new ByteArrayContent(Requests.Photo),
        };
        foreach (var header in upload.GetProperty("headers").EnumerateObject())
        {
            put.Headers.Add(header.Name, header.Value.GetString());
        }

        using var storage = new HttpClient();
        using var stored = await storage.SendAsync(put, Cancel);

        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        Assert.True(JobId.TryParse(upload.GetProperty("jobId").GetString(), out var id));
        await using var photo = await app.Services.GetRequiredService<IPhotoStore>()
            .OpenAsync(PhotoContainer.Uploads, "default", $"{id.Digest}/me.jpg", Cancel);
        Assert.Equal(id, UploadHandler.JobIdOf("default", "me.jpg", photo!.ETag, photo.Metadata));
        var request = Convert.FromBase64String(photo.Metadata[PhotoMetadata.Request]);
        Assert.Contains("front", Encoding.UTF8.GetString(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_StorageAnswers_IsReady()
    {
        using var response = await client.FetchAsync("health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ListModels_ManifestsBesideTheApp_AreShown()
    {
        using var response = await client.FetchAsync("models");

        var names = (await response.JsonAsync()).GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString());
        Assert.Contains("xinggan", names);
    }
}
