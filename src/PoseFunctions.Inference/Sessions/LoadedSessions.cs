using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Sessions;

/// <summary>The sessions of several graphs, loaded side by side.</summary>
internal sealed class LoadedSessions : IDisposable
{
    private readonly ConcurrentDictionary<ModelManifest, ModelSession> sessions = new(ReferenceEqualityComparer.Instance);

    /// <param name="models">Whose graphs may be variants.</param>
    /// <param name="encoders">Whose graphs are the exact ones; each by a manifest of its own.</param>
    /// <param name="catalog">Knows their folders.</param>
    /// <param name="factory">Builds them.</param>
    /// <exception cref="ManifestMismatchException">A manifest, its file and its session do not fit together. None stays loaded.</exception>
    /// <exception cref="MissingDependencyException">A provider without fallback is not installed. None stays loaded.</exception>
    public LoadedSessions(IEnumerable<ModelManifest> models, IEnumerable<ModelManifest> encoders, ModelCatalog catalog, SessionFactory factory)
    {
        var graphs = models.Select(manifest => (Manifest: manifest, Exact: false)).Concat(encoders.Select(manifest => (Manifest: manifest, Exact: true)));

        // On a GPU kernels are timed while a session is built, and others at work there would spoil it.
        var degree = ExecutionProvider.IsNvidia(factory.Selection.Active) ? 1 : Environment.ProcessorCount;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(graphs, EnumerablePartitionerOptions.NoBuffering),
                new() { MaxDegreeOfParallelism = degree },
                graph => sessions[graph.Manifest] = Load(graph.Manifest, graph.Exact));
        }
        catch (AggregateException failures)
        {
            Dispose();
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        ModelSession Load(ModelManifest manifest, bool exact) => exact
            ? ModelSession.LoadExact(manifest, catalog.FolderOf(manifest), factory)
            : ModelSession.Load(manifest, catalog.FolderOf(manifest), factory);
    }

    public IEnumerable<ModelSession> All => sessions.Values;

    /// <summary>The session of a graph that was asked for.</summary>
    public ModelSession this[ModelManifest manifest] => sessions[manifest];

    public void Dispose()
    {
        foreach (var session in All)
        {
            session.Dispose();
        }
    }
}
