using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Variants;

namespace PoseFunctions.Inference.Sessions;

/// <summary>
/// Builds sessions with the settings of this process. The first one finds out whether the execution provider is there; where
/// it is not, this and every later one runs on the next best, in the end the CPU. Sessions may be built side by side.
/// </summary>
public sealed partial class SessionFactory(
    IOptions<InferenceOptions> options, IOptions<BatchingOptions> batching, ILogger<SessionFactory> logger)
{
    private readonly InferenceOptions options = options.Value;
    private readonly BatchingOptions batching = batching.Value;
    private readonly Lock gate = new();
    private readonly List<string> refusals = [];
    private ProviderSelection selection = new(options.Value.Provider, options.Value.Provider, null);

    /// <summary>The provider in use; final once the first session was built.</summary>
    public ProviderSelection Selection
    {
        get
        {
            lock (gate)
            {
                return selection;
            }
        }
    }

    /// <summary>Each model that runs as its exact graph although a variant was asked for, in words, for health.</summary>
    public IReadOnlyList<string> Refusals
    {
        get
        {
            lock (gate)
            {
                return [.. refusals.Order(StringComparer.Ordinal)];
            }
        }
    }

    internal ProcessorFeatures Processor { get; init; } = ProcessorFeatures.OfThisMachine;

    /// <exception cref="MissingDependencyException">A provider without fallback is not installed.</exception>
    /// <inheritdoc cref="OnnxSession.Load(string, SessionSettings)"/>
    public OnnxSession Load(string path) => Load(path, manifest: null);

    /// <param name="path">Graph file.</param>
    /// <param name="manifest">Of the graph, whose shapes some providers want to know beforehand.</param>
    /// <inheritdoc cref="Load(string)"/>
    public OnnxSession Load(string path, ModelManifest? manifest)
    {
        while (true)
        {
            var provider = Selection.Active;
            try
            {
                return LoadWith(provider, path, manifest);
            }
            catch (MissingDependencyException missing) when (missing.InnerException is InferenceException)
            {
                if (!FallBack(provider, missing.Message))
                {
                    throw;
                }
            }
        }
    }

    internal VariantChoice Choose(ModelManifest manifest) =>
        new VariantChooser(options.Precision, options.MinimumPsnr, Processor).Choose(manifest, Selection.Active);

    /// <summary>Says which graph of a model runs, and why if it is not the one that was asked for.</summary>
    internal void Report(ModelManifest manifest, VariantChoice choice)
    {
        if (choice.Refusal is null)
        {
            Log.Chosen(logger, manifest.Name, choice.Name);
            return;
        }

        lock (gate)
        {
            refusals.Add($"{manifest.Name} runs as {choice.Name} instead of {options.Precision}");
        }

        Log.Refused(logger, manifest.Name, choice.Name, options.Precision, choice.Refusal);
    }

    internal SessionSettings SettingsFor(string provider, ModelManifest? manifest, bool graphs) => new()
    {
        Providers = Setups(provider, manifest, graphs),
        IntraOpThreads = options.IntraOpThreads,
        InterOpThreads = options.InterOpThreads,
        AllowSpinning = options.AllowSpinning,
        BoundBatchSizes = ExecutionProvider.IsNvidia(provider) && batching.Fixed.Count > 0 ? [.. batching.Fixed.Prepend(1).Distinct()] : [],
        Graphs = graphs,
        DeviceId = options.Cuda.DeviceId,
    };

    private OnnxSession LoadWith(string provider, string path, ModelManifest? manifest)
    {
        var graphs = options.Cuda.Graphs && ExecutionProvider.IsNvidia(provider);
        try
        {
            var session = OnnxSession.Load(path, SettingsFor(provider, manifest, graphs));
            if (session.UnboundReason is { } reason)
            {
                Log.NotBound(logger, path, reason);
            }

            return session;
        }
        catch (InferenceException failure) when (graphs)
        {
            // A graph with an operator that the GPU does not run cannot be recorded; it runs all the same.
            var session = OnnxSession.Load(path, SettingsFor(provider, manifest, graphs: false));
            Log.NotRecorded(logger, path, failure.NativeMessage.ReplaceLineEndings(" "));
            return session;
        }
    }

    private List<ProviderSetup> Setups(string provider, ModelManifest? manifest, bool graphs)
    {
        var cuda = ProviderSettings.Of(options.Cuda);
        cuda["enable_cuda_graph"] = graphs ? "1" : "0";
        switch (provider)
        {
            case ExecutionProvider.Cpu:
                return [];
            case ExecutionProvider.Cuda:
                return [Own(provider, cuda)];
            case ExecutionProvider.TensorRt:
                var profile = manifest is null ? null : ShapeProfile.Of(manifest, BatchSizes.Of(manifest, batching));
                var settings = ProviderSettings.Of(options.TensorRt, options.Cuda, profile);
                (cuda["enable_cuda_graph"], settings["trt_cuda_graph_enable"]) = ("0", graphs ? "1" : "0"); // one of them records
                return [Own(provider, settings), new(ExecutionProvider.Cuda, cuda)];
            default:
                return [Own(provider, [])];
        }
    }

    /// <summary>A provider with what the settings say by the library's own names, if it is the one that they are meant for.</summary>
    private ProviderSetup Own(string provider, Dictionary<string, string> settings)
    {
        foreach (var (name, value) in provider == options.Provider ? options.ProviderSettings : [])
        {
            settings[name] = value;
        }

        return new(provider, settings);
    }

    /// <summary>Goes on to the next best provider, unless another session has found out already that this one is missing.</summary>
    /// <returns>Whether there is another one to try.</returns>
    private bool FallBack(string missing, string reason)
    {
        lock (gate)
        {
            if (selection.Active != missing)
            {
                return true;
            }

            var candidates = ExecutionProvider.Candidates(options.Provider, options.FallBackToCpu);
            if (candidates.SkipWhile(candidate => candidate != missing).Skip(1).FirstOrDefault() is not { } next)
            {
                return false;
            }

            selection = new(options.Provider, next, selection.FallbackReason ?? reason);
            Log.FellBack(logger, next, options.Provider, reason);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Models run on '{Active}' instead of '{Provider}': {Reason}")]
        public static partial void FellBack(ILogger logger, string active, string provider, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Graph} runs without a CUDA graph: {Reason}")]
        public static partial void NotRecorded(ILogger logger, string graph, string reason);

        [LoggerMessage(3, LogLevel.Debug, "{Model} runs as {Variant}")]
        public static partial void Chosen(ILogger logger, string model, string variant);

        [LoggerMessage(4, LogLevel.Warning, "{Model} runs as {Variant} instead of {Precision}: {Reason}")]
        public static partial void Refused(ILogger logger, string model, string variant, string precision, string reason);

        [LoggerMessage(5, LogLevel.Warning, "{Graph} runs without tensors that stay on the GPU: {Reason}")]
        public static partial void NotBound(ILogger logger, string graph, string reason);
    }
}
