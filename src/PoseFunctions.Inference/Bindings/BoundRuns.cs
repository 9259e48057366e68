using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>
/// Runs of the fixed batch sizes of one session, each with tensors of its own that stay on the device. With CUDA graphs, the
/// first run of a size is recorded and every later one replays it.
/// </summary>
internal sealed class BoundRuns : IDisposable
{
    private readonly InferenceSession session;
    private readonly bool graphs;
    private readonly long[] sizes;
    private readonly DeviceMemory memory;
    private readonly Dictionary<long, BoundRun> runs = [];
    private readonly RunThread thread;

    /// <exception cref="OnnxRuntimeException">The provider cannot copy to its device.</exception>
    public BoundRuns(InferenceSession session, SessionSettings settings)
    {
        this.session = session;
        graphs = settings.Graphs;
        sizes = [.. settings.BoundBatchSizes];
        memory = new(session, settings.Provider, settings.DeviceId);
        thread = new();
    }

    /// <summary>Batch sizes that have tensors by now.</summary>
    internal IReadOnlyCollection<long> Bound => runs.Keys;

    /// <summary>Runs if the batch size is one of the bound ones.</summary>
    /// <returns>Whether it ran.</returns>
    /// <inheritdoc cref="OnnxSession.Run" path="/exception"/>
    public bool TryRun(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs, CancellationToken cancellationToken)
    {
        var batch = inputs[0].Shape.Span[0];
        var number = Array.IndexOf(sizes, batch) + 1;
        var sound = inputs.Concat(outputs).All(tensor => tensor.Data.Length == tensor.Shape.ToArray().Aggregate(1L, (a, b) => a * b));
        return number > 0 && sound && thread.Run(() => Run(batch, number, inputs, outputs, cancellationToken));
    }

    public void Dispose()
    {
        thread.Dispose();
        foreach (var run in runs.Values)
        {
            run.Dispose();
        }

        memory.Dispose();
    }

    private bool Run(
        long batch, int number, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs, CancellationToken cancellationToken)
    {
        var ran = false;
        StoppableRun.Execute(
            graphs ? number : null,
            options =>
            {
                if (!runs.TryGetValue(batch, out var bound))
                {
                    runs[batch] = bound = new(session, memory, inputs, outputs);
                }

                if (bound.Fits(inputs, outputs))
                {
                    bound.Run(session, options, memory, inputs, outputs);
                    ran = true;
                }
            },
            cancellationToken);
        return ran;
    }
}
