using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>One session a model: every generator there is, and the chosen keypoint and parsing models. Owns them all.</summary>
public sealed class InstalledModels : IAsyncDisposable
{
    private readonly List<ModelSession> sessions = [];

    /// <exception cref="ManifestMismatchException">A model's manifest, file and session do not fit together.</exception>
    public InstalledModels(
        ModelCatalog catalog, SessionFactory factory, IOptions<InferenceOptions> options, IOptions<BatchingOptions> batching, TimeProvider clock)
    {
        try
        {
            var keypoints = Load(catalog.Choose(ModelKind.Keypoints, options.Value.KeypointModel));
            var parsing = Load(catalog.Choose(ModelKind.Parsing, options.Value.ParsingModel));
            var generators = catalog.OfKind(ModelKind.Generator).Select(Load).ToList();
            Parser = new(keypoints, parsing);
            Generators = [.. generators.Select(model => new OnnxPoseGenerator(model, batching.Value, clock))];
        }
        catch
        {
            sessions.ForEach(session => session.Dispose());
            throw;
        }

        ModelSession Load(ModelManifest manifest)
        {
            var session = ModelSession.Load(manifest, catalog.FolderOf(manifest), factory);
            sessions.Add(session);
            return session;
        }
    }

    public OnnxPersonParser Parser { get; }

    public IReadOnlyList<OnnxPoseGenerator> Generators { get; }

    /// <summary>Runs every session alone and with the fullest batch, so that its memory is planned for both.</summary>
    public void WarmUp(CancellationToken cancellationToken)
    {
        foreach (var session in sessions)
        {
            var most = Generators.FirstOrDefault(generator => generator.Manifest == session.Manifest)?.MaxBatchSize ?? 1;
            foreach (var batch in session.Manifest.FixedBatch() is { } only ? [only] : new[] { 1, most }.Distinct())
            {
                session.WarmUp(batch, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var generator in Generators)
        {
            await generator.DisposeAsync().ConfigureAwait(false);
        }

        Parser.Dispose();
    }
}
