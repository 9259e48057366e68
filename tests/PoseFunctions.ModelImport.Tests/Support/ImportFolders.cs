using System.Security.Cryptography;
using PoseFunctions.Core.Models;
using PoseFunctions.ModelImport.Published;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A temporary folder with a package of one small model, and beside it a folder for what is made of it.</summary>
internal sealed class ImportFolders : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("posefunctions-import-");

    public ImportFolders()
    {
        Directory.CreateDirectory(Package);
        Publish(SmallModel.Of(BuiltinOperator.Logistic, [1, 2, 4, 3], [1, 2, 4, 3]));
    }

    public string Package => Path.Combine(root.FullName, "package");

    public string Models => Path.Combine(root.FullName, "models");

    public string Graph => Path.Combine(Models, Model.Name, "model.onnx");

    public string Manifest => Path.Combine(Models, Model.Name, "manifest.json");

    /// <summary>The model that the package has.</summary>
    public PublishedModel Model { get; private set; } = null!;

    public IEnumerable<string> Made => Directory.Exists(Models)
        ? Directory.EnumerateFiles(Models, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Models, path)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Puts another file into the package, and describes it.</summary>
    public void Publish(byte[] tflite)
    {
        File.WriteAllBytes(Path.Combine(Package, "small.tflite"), tflite);
        Model = new()
        {
            Name = "small",
            Version = "1.0.0",
            PackageFile = "small.tflite",
            PackageSha256 = Convert.ToHexStringLower(SHA256.HashData(tflite)),
            License = "MIT",
            Architecture = "sigmoid",
            Description = "Squeezes numbers.",
            Kind = ModelKind.Landmarks,
            Mean = 1,
            Std = 2,
            Outputs = [new(SmallModel.Output, "squeezed", TensorRoles.Features)],
            Fit = PhotoFit.UprightSquare,
            FitMargin = 0.25f,
            Decoder = new("landmarks"),
        };
    }

    public Task<bool> ImportAsync() => new ModelImporter(Package, Models).ImportAsync(Model, TestContext.Current.CancellationToken);

    public void Dispose() => root.Delete(recursive: true);
}
