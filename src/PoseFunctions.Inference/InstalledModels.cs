using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Variants;

namespace PoseFunctions.Inference;

/// <summary>One session a model: every generator there is, and the chosen models that find people, landmarks, body parts and layouts. Owns them all.</summary>
public sealed class InstalledModels : IAsyncDisposable
{
    private readonly LoadedSessions sessions;

    /// <exception cref="ManifestMismatchException">A model's manifest, file and session do not fit together.</exception>
    /// <exception cref="MissingDependencyException">A model or variant that the settings name is not installed.</exception>
    public InstalledModels(
        ModelCatalog catalog, SessionFactory factory, IOptions<InferenceOptions> options, IOptions<BatchingOptions> batching, TimeProvider clock)
    {
        RequireVariant(catalog, options.Value.Precision);
        var persons = catalog.Choose(ModelKind.Persons, options.Value.PersonModel);
        var landmarks = catalog.Choose(ModelKind.Landmarks, options.Value.LandmarkModel);
        var parsing = catalog.Choose(ModelKind.Parsing, options.Value.ParsingModel);
        var generators = catalog.OfKind(ModelKind.Generator)
            .Select(manifest => (Manifest: Understood(manifest, parsing), Encoder: manifest.EncoderManifest())).ToList();
        var layout = ChooseLayout(catalog.Find(ModelKind.Layout, options.Value.LayoutModel), parsing, generators.Select(generator => generator.Manifest));

        List<ModelManifest> models = [persons, landmarks, parsing, .. generators.Select(generator => generator.Manifest)];
        models.AddRange(layout is null ? [] : [layout]);
        sessions = new(models, generators.Select(generator => generator.Encoder).OfType<ModelManifest>(), catalog, factory);
        Parser = new(sessions[persons], sessions[landmarks], sessions[parsing]);
        Generators = [.. generators.Select(generator => new OnnxPoseGenerator(
            sessions[generator.Manifest], generator.Encoder is null ? null : sessions[generator.Encoder], batching.Value, clock))];
        Layout = layout is null ? null : new(sessions[layout], batching.Value, clock);
    }

    public OnnxPersonParser Parser { get; }

    public IReadOnlyList<OnnxPoseGenerator> Generators { get; }

    /// <summary>The layout model; null where none is installed or no generator needs one.</summary>
    public OnnxLayoutPredictor? Layout { get; }

    /// <summary>Runs sessions with each batch size that they will be run with, so that their memory is planned for all.</summary>
    /// <param name="scope">Which sessions.</param>
    /// <param name="defaultGenerator">Name of the generator of jobs that name none.</param>
    /// <param name="cancellationToken">Stops at the next operator.</param>
    public void WarmUp(WarmUpScope scope, string defaultGenerator, CancellationToken cancellationToken)
    {
        foreach (var session in Within(scope, defaultGenerator))
        {
            foreach (var batch in BatchSizesOf(session))
            {
                session.WarmUp(batch, cancellationToken);
            }
        }
    }

    /// <summary>The sessions that <see cref="WarmUp"/> runs.</summary>
    internal IEnumerable<ModelSession> Within(WarmUpScope scope, string defaultGenerator)
    {
        var paints = Generators.Any(generator =>
            generator.Manifest.Name == defaultGenerator && GeneratorAbilities.Of(generator.Manifest).NeedsTargetParsing);
        return scope switch
        {
            WarmUpScope.None => [],
            WarmUpScope.Default => sessions.All.Where(session => session.Manifest.Kind switch
            {
                ModelKind.Generator => session.Manifest.Name == defaultGenerator,
                ModelKind.Layout => paints,
                _ => true,
            }),
            _ => sessions.All,
        };
    }

    /// <summary>The layout model, unless there is nobody to predict for: then it would only take memory.</summary>
    private static ModelManifest? ChooseLayout(ModelManifest? layout, ModelManifest parser, IEnumerable<ModelManifest> generators)
    {
        var painters = generators.Where(generator => GeneratorAbilities.Of(generator).NeedsTargetParsing).ToList();
        if (layout is null || painters.Count == 0)
        {
            return null;
        }

        painters.ForEach(generator => Understood(generator, layout));
        return Understood(layout, parser);
    }

    /// <summary>The manifest of a model that may be fed labels, unless those of their giver mean nothing to it.</summary>
    private static ModelManifest Understood(ModelManifest taker, ModelManifest giver) =>
        GeneratorAbilities.Of(taker).NeedsParsing
        && LabelTranslation.FindProblem(giver.Labels!, giver.LabelMeanings(), taker) is { } problem
            ? throw new ManifestMismatchException(giver.Name, [problem])
            : taker;

    public async ValueTask DisposeAsync()
    {
        foreach (var generator in Generators)
        {
            await generator.DisposeAsync().ConfigureAwait(false);
        }

        if (Layout is not null)
        {
            await Layout.DisposeAsync().ConfigureAwait(false);
        }

        Parser.Dispose();
    }

    private IEnumerable<int> BatchSizesOf(ModelSession session)
    {
        var name = session.Manifest.Name;
        var batched = Layout?.Manifest.Name == name ? Layout.BatchSizes : Generators.FirstOrDefault(generator => generator.Manifest.Name == name)?.BatchSizes;
        return batched?.ToWarmUp ?? [session.Manifest.FixedBatch() ?? 1];
    }

    // A variant that some models lack is a matter of each; one that all lack is a slip of the pen.
    private static void RequireVariant(ModelCatalog catalog, string precision)
    {
        var variants = catalog.All.SelectMany(manifest => manifest.Variants ?? []).Select(variant => variant.Name).Distinct().ToList();
        if (precision is not (ModelVariant.Exact or VariantChooser.Automatic) && !variants.Contains(precision))
        {
            throw new MissingDependencyException(
                $"Inference:Precision is '{precision}', but no installed model has such a variant; set {ModelVariant.Exact}, {VariantChooser.Automatic}"
                + $"{string.Concat(variants.Select(variant => $", {variant}"))}.");
        }
    }
}
