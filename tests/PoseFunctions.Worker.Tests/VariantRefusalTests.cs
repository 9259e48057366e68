using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Leases;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>A worker that runs the exact graph where a variant was asked for says so where health finds it.</summary>
public sealed class VariantRefusalTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_VariantForAGpuOnTheCpu_NamesEachModelThatRunsExact()
    {
        PeopleModels.Link(models);
        Copy("xinggan");
        Change("xinggan", manifest => manifest["variants"] = new JsonArray(new JsonObject
        {
            ["name"] = "halves",
            ["file"] = "model.halves.onnx",
            ["sha256"] = new string('0', 64),
            ["requires"] = new JsonArray("cuda"),
            ["psnrAgainstFp32"] = 60.0,
        }));

        await using var worker = await WorkerUnderTest.StartAsync(
            azurite.ConnectionString, models, Cancel, new("Inference:Precision", "halves"), new("Inference:WarmUp", "none"));
        var id = await worker.Services.GetRequiredService<WorkerLeaseKeeper>().CurrentIdAsync(Cancel);
        var lease = await worker.Services.GetRequiredService<IWorkerLeaseStore>().FindAsync(id, Cancel);

        Assert.Contains("xinggan runs as fp32 instead of halves", lease?.Refusals ?? []);
    }

    public void Dispose() => Directory.Delete(models, recursive: true);

    private void Copy(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(models, name)).FullName;
        foreach (var file in Directory.GetFiles(RepositoryRoot.Combine("models", name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private void Change(string name, Action<JsonNode> change)
    {
        var path = Path.Combine(models, name, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
