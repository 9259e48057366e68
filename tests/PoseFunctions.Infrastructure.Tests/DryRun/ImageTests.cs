using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using PoseFunctions.Infrastructure.Tests.Docker;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>What the Dockerfiles build has what it needs, and works from a read-only tree as a user without rights.</summary>
public sealed class ImageTests(ImagesFixture images) : IClassFixture<ImagesFixture>
{
    // The same of both.
    private static readonly string User = Dockerfile.Read("Dockerfile.worker").Image.Of("USER").Last().Text;

    // Those that a package brings, then ours.
    private IReadOnlyList<string> Models => [.. images.Worker.Layers[^3], .. images.Worker.Layers[^2]];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_StartedReadOnlyWithoutRights_RunAJob()
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        await using var host = await ImageHost.StartAsync([images.Worker, images.Api], User, azurite.ConnectionString, Cancel);
        using var http = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { { "x-functions-key", ImageHost.Key } } };

        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", "person-0.jpg"), Cancel)), "photo", "person.jpg" },
            { new StringContent("front"), "poses" },
        };
        using var accepted = await http.PostAsync("api/jobs", form, Cancel);
        var job = await ReadAsync(accepted, host);
        for (var id = job["id"]!.GetValue<string>(); job["state"]!.GetValue<string>() is not ("succeeded" or "failed" or "cancelled" or "expired");)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{id}") { Headers = { { "Prefer", "wait=10" } } };
            using var answer = await http.SendAsync(request, Cancel);
            job = await ReadAsync(answer, host);
        }

        Assert.True(job["state"]!.GetValue<string>() == "succeeded", $"{job}\n{host.Log}");
        var result = await http.GetByteArrayAsync(job["targets"]![0]!["result"]!["href"]!.GetValue<string>(), Cancel);
        Assert.Equal([0xFF, 0xD8, 0xFF], result[..3]);
    }

    [Fact]
    public async Task Images_TheirUser_CanWriteNothingInThem()
    {
        foreach (var image in new[] { images.Api, images.Worker })
        {
            var start = UnprivilegedUser.StartInfo(User, "touch", Path.Combine(image.WorkingFolder, "written"), Path.Combine(image.WorkingFolder, "host.json"));
            start.RedirectStandardError = true;
            using var touch = Process.Start(start)!;
            await touch.WaitForExitAsync(Cancel);

            Assert.NotEqual(0, touch.ExitCode);
            Assert.False(File.Exists(Path.Combine(image.WorkingFolder, "written")));
        }
    }

    [Fact]
    public void Api_Image_HasNoNativeCodeAndNoWeights()
    {
        var files = images.Api.Layers.SelectMany(layer => layer).ToArray();

        Assert.DoesNotContain(files, file => Path.GetFileName(file).Contains(".so", StringComparison.Ordinal) || file.EndsWith(".onnx", StringComparison.Ordinal));
        Assert.Contains("home/site/wwwroot/models/xinggan/manifest.json", files);
        Assert.Contains("home/site/wwwroot/host.json", files);
        Assert.Contains("licenses/NOTICE", files);
    }

    [Fact]
    public void Worker_Layers_KeepNativeLibrariesModelsAndCodeApart()
    {
        var (native, models, app) = (images.Worker.Layers[^4], Models, images.Worker.Layers[^1]);

        Assert.All(native, file => Assert.Contains(".so", file, StringComparison.Ordinal));
        Assert.Contains("home/site/wwwroot/libonnxruntime.so", native);
        Assert.Contains(native, file => file.Contains("libvips", StringComparison.Ordinal));
        Assert.All(models, file => Assert.True(file.EndsWith("/manifest.json", StringComparison.Ordinal) || file.EndsWith(".onnx", StringComparison.Ordinal), file));
        Assert.Contains("home/site/wwwroot/models/xinggan/model.onnx", models);
        Assert.Contains("home/site/wwwroot/host.json", app);
        Assert.DoesNotContain(app, file => file.Contains(".so", StringComparison.Ordinal));
        Assert.Empty(app.Intersect(native.Concat(models)));
        Assert.True(app.Sum(file => new FileInfo(Path.Combine(images.Worker.Root, file)).Length) < 30_000_000, "The layer that every change of code pushes is large.");
    }

    [Fact]
    public void Worker_Models_AreThoseOfTheRepository()
    {
        var shipped = Directory.EnumerateDirectories(RepositoryRoot.Combine("models"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
            .Where(path => !IsPublished(path))
            .Select(path => $"home/site/wwwroot/{Path.GetRelativePath(RepositoryRoot.Path, path)}");

        Assert.Equal(shipped.Order(), Models.Where(file => file.EndsWith(".onnx", StringComparison.Ordinal) && !IsPublished(file)).Order());
    }

    [Fact]
    public void Images_PublishedModels_AreInBothThoughNotInTheRepository()
    {
        string[] names = ["blazepose-detector", "blazepose-landmarks"];

        Assert.Equal(
            names.SelectMany(name => new[] { $"home/site/wwwroot/models/{name}/manifest.json", $"home/site/wwwroot/models/{name}/model.onnx" }),
            images.Worker.Layers[^3].Order(StringComparer.Ordinal));
        Assert.Equal(
            names.Select(name => $"home/site/wwwroot/models/{name}/manifest.json"),
            images.Api.Layers.SelectMany(layer => layer).Where(IsPublished).Order(StringComparer.Ordinal));
    }
    private static bool IsPublished(string path) => path.Contains("/models/blazepose-", StringComparison.Ordinal);

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, ImageHost host)
    {
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted && body.Length > 0, $"{response.StatusCode}: {body}\n{host.Log}");
        return JsonNode.Parse(body)!;
    }
}
