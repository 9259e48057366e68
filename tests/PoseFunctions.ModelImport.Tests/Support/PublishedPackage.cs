using PoseFunctions.ModelImport.Conversion;
using PoseFunctions.ModelImport.Published;
using PoseFunctions.ModelImport.Tflite;
using PoseFunctions.Testing;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>The models of the npm package, converted. Tests that need it skip where it is not installed.</summary>
internal static class PublishedPackage
{
    public static string Folder { get; } = RepositoryRoot.Combine("eng", "node_modules", "@mediapipe", "pose");

    /// <summary>Skips the running test where the package is not there.</summary>
    public static string Require()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "The npm package is not installed: run npm ci --ignore-scripts in eng.");
        return Folder;
    }

    public static OnnxRun Load(PublishedModel model) => new(GraphConverter.Convert(
        TfliteReader.Read(File.ReadAllBytes(Path.Combine(Require(), model.PackageFile))),
        model.Name,
        "image",
        [.. model.Outputs.Select(output => new WantedOutput(output.Tensor, output.Name))]).Bytes);
}
