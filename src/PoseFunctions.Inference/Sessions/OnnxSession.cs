using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Bindings;
using PoseFunctions.Inference.Native;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Sessions;

/// <summary>
/// One loaded graph. <see cref="Run"/> reads inputs from the caller's memory and writes outputs into the caller's memory;
/// nothing is copied on the way. Safe to use from several threads.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private readonly OrtSession session;
    private readonly BoundRuns? bound;
    private readonly bool graphs;

    private OnnxSession(string origin, SessionSettings settings, OrtSession session)
    {
        this.session = session;
        graphs = settings.Graphs;
        bound = settings.BoundBatchSizes.Count > 0 ? new(session, settings) : null;
        Origin = origin;
        Provider = settings.Provider;
        Inputs = session.ReadInputs();
        Outputs = session.ReadOutputs();
        using var metadata = new OrtModelMetadata(session);
        Metadata = new ModelMetadata(
            metadata.Producer, metadata.GraphName, metadata.Description, metadata.Version, metadata.ReadCustomEntries());
    }

    /// <summary>Where the graph came from, for messages.</summary>
    public string Origin { get; }

    /// <summary>The execution provider it was built with.</summary>
    public string Provider { get; }

    public IReadOnlyList<TensorInfo> Inputs { get; }

    public IReadOnlyList<TensorInfo> Outputs { get; }

    /// <summary>What the graph file says about itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Batch sizes whose tensors are on the device by now.</summary>
    internal IReadOnlyCollection<long> BoundSizes => bound?.Bound ?? [];

    /// <summary>Loads a graph file.</summary>
    /// <exception cref="MissingDependencyException">ONNX Runtime or the execution provider is not installed.</exception>
    /// <exception cref="OrtException">The file is missing, or no graph that this library can run.</exception>
    public static OnnxSession Load(string path, SessionSettings settings) =>
        Build(path, settings, options => OrtSession.FromFile(path, options));

    /// <summary>Loads a graph from memory; <paramref name="origin"/> names it in messages.</summary>
    /// <inheritdoc cref="Load(string, SessionSettings)"/>
    public static OnnxSession Load(string origin, ReadOnlyMemory<byte> graph, SessionSettings settings) =>
        Build(origin, settings, options => OrtSession.FromBytes(graph.Span, options));

    /// <summary>Runs the graph once, on the calling thread.</summary>
    /// <param name="inputs">Every input of the graph.</param>
    /// <param name="outputs">The outputs that are wanted, with memory of exactly the size the run gives.</param>
    /// <param name="cancellationToken">Stops the run at the next operator.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; the outputs' content is undefined.</exception>
    /// <exception cref="OrtException">The run failed, for instance because a shape does not fit.</exception>
    public void Run(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bound?.TryRun(inputs, outputs, cancellationToken) == true)
        {
            return;
        }

        using var options = new OrtRunOptions();
        if (graphs)
        {
            options.SetGraph(OrtRunOptions.NoGraph);
        }

        using var boundInputs = new BoundTensors(inputs);
        using var boundOutputs = new BoundTensors(outputs);

        options.RunStoppable(
            () => session.Run(options, boundInputs.Names, boundInputs.Values, boundOutputs.Names, boundOutputs.Values), cancellationToken);
    }

    public void Dispose()
    {
        bound?.Dispose();
        session.Dispose();
    }

    private static OnnxSession Build(string origin, SessionSettings settings, Func<OrtSessionOptions, OrtSession> load)
    {
        using var options = new OrtSessionOptions();
        options.SetIntraOpThreads(settings.IntraOpThreads);
        options.SetInterOpThreads(settings.InterOpThreads);
        options.SetParallelExecution(settings.InterOpThreads > 1);
        options.SetMemoryPattern(settings.InterOpThreads == 1);
        options.AddConfigEntry("session.intra_op.allow_spinning", settings.AllowSpinning ? "1" : "0");
        options.AddConfigEntry("session.set_denormal_as_zero", "1"); // denormals cost the CPU a hundred times a normal number
        foreach (var provider in settings.Providers)
        {
            ExecutionProvider.Append(options, provider);
        }

        try
        {
            return new OnnxSession(origin, settings, load(options));
        }
        catch (OrtException failure) when (failure.Code == OrtErrorCode.ExecutionProviderFail)
        {
            // A provider may load and still find no device.
            throw ExecutionProvider.Missing(settings.Provider, failure);
        }
    }
}
