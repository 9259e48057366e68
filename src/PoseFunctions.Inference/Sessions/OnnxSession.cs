using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Bindings;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Sessions;

/// <summary>
/// One loaded graph. <see cref="Run"/> reads inputs from the caller's memory and writes outputs into the caller's memory;
/// nothing is copied on the way. Safe to use from several threads.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly BoundRuns? bound;
    private readonly bool graphs;

    // Runs read, disposing writes: the library does not itself keep a session alive while it runs.
    private readonly ReaderWriterLockSlim use = new();
    private bool disposed;

    private OnnxSession(string origin, SessionSettings settings, InferenceSession session)
    {
        this.session = session;
        graphs = settings.Graphs;
        Origin = origin;
        Provider = settings.Provider;
        if (settings.BoundBatchSizes.Count > 0)
        {
            try
            {
                bound = new(session, settings);
            }
            catch (OnnxRuntimeException failure)
            {
                UnboundReason = new InferenceException(failure).NativeMessage;
            }
        }
    }

    /// <summary>Where the graph came from, for messages.</summary>
    public string Origin { get; }

    /// <summary>The execution provider it was built with.</summary>
    public string Provider { get; }

    /// <summary>What the graph declares of its inputs, by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => session.InputMetadata;

    /// <summary>What the graph declares of its outputs, by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs => session.OutputMetadata;

    /// <summary>What the graph file says about itself.</summary>
    public ModelMetadata Metadata => session.ModelMetadata;

    /// <summary>Why no tensors stay on the device although the settings ask for it; otherwise <see langword="null"/>.</summary>
    public string? UnboundReason { get; }

    /// <summary>Batch sizes whose tensors are on the device by now.</summary>
    internal IReadOnlyCollection<long> BoundSizes => bound?.Bound ?? [];

    /// <summary>Loads a graph file.</summary>
    /// <exception cref="MissingDependencyException">The execution provider is not installed.</exception>
    /// <exception cref="InferenceException">The file is missing, or no graph that this library can run.</exception>
    public static OnnxSession Load(string path, SessionSettings settings) =>
        Build(path, settings, options => new InferenceSession(path, options));

    /// <summary>Loads a graph from memory; <paramref name="origin"/> names it in messages.</summary>
    /// <inheritdoc cref="Load(string, SessionSettings)"/>
    public static OnnxSession Load(string origin, byte[] graph, SessionSettings settings) =>
        Build(origin, settings, options => new InferenceSession(graph, options));

    /// <summary>Runs the graph once, on the calling thread.</summary>
    /// <param name="inputs">Every input of the graph.</param>
    /// <param name="outputs">The outputs that are wanted, with memory of exactly the size the run gives.</param>
    /// <param name="cancellationToken">Stops the run at the next operator.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; the outputs' content is undefined.</exception>
    /// <exception cref="InferenceException">The run failed, for instance because a shape does not fit.</exception>
    public void Run(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        use.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (bound?.TryRun(inputs, outputs, cancellationToken) != true)
            {
                StoppableRun.Execute(graphs ? StoppableRun.NoGraph : null, options => RunUnbound(options, inputs, outputs), cancellationToken);
            }
        }
        finally
        {
            use.ExitReadLock();
        }
    }

    /// <summary>Waits for runs under way; later ones are refused.</summary>
    public void Dispose()
    {
        use.EnterWriteLock();
        try
        {
            if (!disposed)
            {
                disposed = true;
                bound?.Dispose();
                session.Dispose();
            }
        }
        finally
        {
            use.ExitWriteLock();
        }
    }

    private static OnnxSession Build(string origin, SessionSettings settings, Func<SessionOptions, InferenceSession> load)
    {
        using var options = settings.ToOptions();
        try
        {
            return new(origin, settings, load(options));
        }
        catch (OnnxRuntimeException failure)
        {
            var typed = new InferenceException(failure);

            // A provider may load and still find no device.
            throw typed.Code == InferenceException.ProviderFailure ? ExecutionProvider.Missing(settings.Provider, typed) : typed;
        }
    }

    private void RunUnbound(RunOptions options, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs)
    {
        using var given = new BoundTensors(inputs);
        using var wanted = new BoundTensors(outputs);
        session.Run(options, given.Names, given.Values, wanted.Names, wanted.Values);
    }
}
