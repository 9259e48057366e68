using System.Security.Cryptography;
using PoseFunctions.Core.Models;
using PoseFunctions.ModelImport.Published;
using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Tests.Published;

/// <summary>A model folder is whole or not there, and is made once.</summary>
public sealed class ModelImporterTests : IDisposable
{
    private readonly ImportFolders folders = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_IntoNoFolder_WritesGraphAndManifest()
    {
        Assert.True(await folders.ImportAsync());

        Assert.Equal(["small/manifest.json", "small/model.onnx"], folders.Made);
        var manifest = ModelManifestJson.Parse(await File.ReadAllBytesAsync(folders.Manifest, Cancel), folders.Manifest);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(folders.Graph, Cancel))), manifest.Sha256);
        Assert.Equal((ModelKind.Landmarks, PhotoFit.UprightSquare, 0.25f), (manifest.Kind, manifest.Fit, manifest.FitMargin));
        Assert.Equal((2, 4), (manifest.Height, manifest.Width));
        Assert.Equal("batch 3 2 4", string.Join(' ', Assert.Single(manifest.Inputs).Shape));
        Assert.Equal([1, 1, 1], manifest.Inputs[0].Mean);
        Assert.Equal("batch 3 2 4", string.Join(' ', Assert.Single(manifest.Outputs).Shape));
        Assert.Equal(("squeezed", TensorRoles.Features, "NCHW"), (manifest.Outputs[0].Name, manifest.Outputs[0].Role, manifest.Outputs[0].Layout));
    }

    [Fact]
    public async Task Import_Again_TouchesNothing()
    {
        await folders.ImportAsync();
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folders.Graph, longAgo);
        File.SetLastWriteTimeUtc(folders.Manifest, longAgo);

        Assert.False(await folders.ImportAsync());
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(folders.Graph));
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(folders.Manifest));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("manifest.json")]
    public async Task Import_OverADamagedFile_MakesItAnew(string name)
    {
        await folders.ImportAsync();
        var path = Path.Combine(folders.Models, "small", name);
        var right = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, right[1..], Cancel);

        Assert.True(await folders.ImportAsync());
        Assert.Equal(right, await File.ReadAllBytesAsync(path, Cancel));
        Assert.Equal(["small/manifest.json", "small/model.onnx"], folders.Made);
    }

    [Fact]
    public async Task Import_OfAnotherVersion_ReplacesTheFolder()
    {
        await folders.ImportAsync();
        var newer = folders.Model with { Version = "2.0.0" };

        Assert.True(await new ModelImporter(folders.Package, folders.Models).ImportAsync(newer, Cancel));
        Assert.Equal("2.0.0", ModelManifestJson.Parse(await File.ReadAllBytesAsync(folders.Manifest, Cancel), folders.Manifest).Version);
    }

    [Fact]
    public async Task Import_OfAnotherFile_SaysWhichHashItHasAndMakesNothing()
    {
        await File.AppendAllTextAsync(Path.Combine(folders.Package, "small.tflite"), "more", Cancel);

        var failure = await Assert.ThrowsAsync<ModelImportException>(folders.ImportAsync);
        Assert.Matches("^The model small cannot be imported: .*small.tflite has SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}\\.$", failure.Message);
        Assert.Empty(folders.Made);
    }

    [Fact]
    public async Task Import_WithoutThePackage_NamesTheFile()
    {
        File.Delete(Path.Combine(folders.Package, "small.tflite"));

        var failure = await Assert.ThrowsAsync<ModelImportException>(folders.ImportAsync);
        Assert.Equal($"The model small cannot be imported: there is no file {Path.Combine(folders.Package, "small.tflite")}.", failure.Message);
        Assert.Empty(folders.Made);
    }

    [Fact]
    public async Task Import_OfWhatCannotBeConverted_LeavesTheFolderAsItWas()
    {
        await folders.ImportAsync();
        var before = await File.ReadAllBytesAsync(folders.Graph, Cancel);
        folders.Publish(SmallModel.Of(BuiltinOperator.HardSwish, [1, 2], [1, 2]));

        var failure = await Assert.ThrowsAsync<ModelImportException>(folders.ImportAsync);
        Assert.Equal("The model small cannot be imported: The operator HardSwish cannot be converted: no converter knows it.", failure.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(folders.Graph, Cancel));
        Assert.Equal(["small/manifest.json", "small/model.onnx"], folders.Made);
    }

    [Fact]
    public async Task Import_GraphCannotBeReplaced_LeavesNoManifestAndNothingHalfWritten()
    {
        await folders.ImportAsync();
        File.Delete(folders.Graph);
        Directory.CreateDirectory(Path.Combine(folders.Graph, "in-the-way"));

        await Assert.ThrowsAnyAsync<Exception>(folders.ImportAsync);
        Assert.Empty(folders.Made);
    }

    public void Dispose() => folders.Dispose();
}
