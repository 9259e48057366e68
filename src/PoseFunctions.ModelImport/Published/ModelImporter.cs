using System.Security.Cryptography;
using PoseFunctions.Core.Models;
using PoseFunctions.ModelImport.Conversion;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Published;

/// <summary>
/// Makes model folders of published models. Whoever looks while a folder is written sees a manifest only beside the graph that it
/// describes, and a folder that is right already is left alone.
/// </summary>
/// <param name="package">Folder of the package that publishes the models.</param>
/// <param name="models">Folder that gets a folder for each model.</param>
internal sealed class ModelImporter(string package, string models)
{
    private const string GraphFile = "model.onnx";
    private const string ManifestFile = "manifest.json";

    /// <returns>False where the folder was right already.</returns>
    /// <exception cref="ModelImportException">The package is not there, is another one, or cannot be converted.</exception>
    public async Task<bool> ImportAsync(PublishedModel model, CancellationToken cancellationToken)
    {
        var converted = Convert(model, await ReadAsync(model, cancellationToken));
        var manifest = ModelManifestJson.Write(model.Describe(converted, GraphFile, Hash(converted.Bytes)));

        var folder = Path.Combine(models, model.Name);
        var (graphPath, manifestPath) = (Path.Combine(folder, GraphFile), Path.Combine(folder, ManifestFile));
        if (await IsAsync(graphPath, converted.Bytes, cancellationToken) && await IsAsync(manifestPath, manifest, cancellationToken))
        {
            return false;
        }

        Directory.CreateDirectory(folder);
        File.Delete(manifestPath);
        await ReplaceAsync(graphPath, converted.Bytes, cancellationToken);
        await ReplaceAsync(manifestPath, manifest, cancellationToken);
        return true;
    }

    private static ConvertedModel Convert(PublishedModel model, byte[] bytes)
    {
        try
        {
            return GraphConverter.Convert(
                TfliteReader.Read(bytes), model.Name, Tensors.Input, [.. model.Outputs.Select(output => new WantedOutput(output.Tensor, output.Name))]);
        }
        catch (ModelImportException exception)
        {
            throw new ModelImportException($"The model {model.Name} cannot be imported: {exception.Message}", exception);
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => System.Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<bool> IsAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        File.Exists(path) && new FileInfo(path).Length == bytes.Length
        && (await File.ReadAllBytesAsync(path, cancellationToken)).AsSpan().SequenceEqual(bytes.Span);

    private static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<byte[]> ReadAsync(PublishedModel model, CancellationToken cancellationToken)
    {
        var path = Path.Combine(package, model.PackageFile);
        if (!File.Exists(path))
        {
            throw new ModelImportException($"The model {model.Name} cannot be imported: there is no file {path}.");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var hash = Hash(bytes);
        return hash == model.PackageSha256
            ? bytes
            : throw new ModelImportException($"The model {model.Name} cannot be imported: {path} has SHA-256 {hash}, not {model.PackageSha256}.");
    }
}
