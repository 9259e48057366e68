using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Imaging;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>A parser of real models in a folder of their own, and photos for it.</summary>
internal sealed class ParserUnderTest : IDisposable
{
    private readonly string models = Directory.CreateTempSubdirectory("posefunctions-models-").FullName;

    private ParserUnderTest(Action<string> install, string segmenter)
    {
        install(models);
        var catalog = new ModelCatalog(Options.Create(new InferenceOptions { ModelsPath = models }));
        var factory = TestGraphs.Factory(threads: 2);
        Parser = new(Load(PeopleModels.Names[0]), Load(PeopleModels.Names[1]), Load(segmenter));

        ModelSession Load(string name)
        {
            var manifest = catalog.All.Single(model => model.Name == name);
            return ModelSession.Load(manifest, catalog.FolderOf(manifest), factory);
        }
    }

    public OnnxPersonParser Parser { get; }

    /// <summary>The models that the service comes with.</summary>
    public static ParserUnderTest OfTheService() => new(PeopleModels.Link, PeopleModels.Names[2]);

    /// <summary>The same with a published parser, whose labels are not ours.</summary>
    public static ParserUnderTest WithPublishedParser() => new(PublishedModels.Install, "clothes");

    /// <summary>The decoded photo; the caller disposes it.</summary>
    public static RgbImage Decode(string path) => new ImageCodec(Options.Create(new ImageLimits())).Decode(File.ReadAllBytes(path));

    /// <summary>Everybody in a file.</summary>
    public async Task<IReadOnlyList<FoundPerson>> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var photo = Decode(path);
        return await Parser.FindAsync(photo, cancellationToken);
    }

    /// <summary>Parses the largest person.</summary>
    public async Task<ParsedPerson> ParseAsync(RgbImage photo, CancellationToken cancellationToken)
    {
        var found = await Parser.FindAsync(photo, cancellationToken);
        return await Parser.ParseAsync(photo, PersonChoice.Choose(found, PersonSelection.Default, photo.Size).Square, cancellationToken);
    }

    public void Dispose()
    {
        Parser.Dispose();
        Directory.Delete(models, recursive: true);
    }
}
