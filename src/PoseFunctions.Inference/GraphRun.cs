using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference;

/// <summary>Runs one graph on batches, in buffers that are reused from run to run.</summary>
/// <param name="model">The graph's session; disposed with this.</param>
/// <param name="sizes">The batch sizes that it runs with.</param>
internal sealed class GraphRun(ModelSession model, BatchSizes sizes) : IDisposable
{
    private readonly Dictionary<TensorSpecification, TensorBufferPool> pools = model.Manifest.Inputs.Concat(model.Manifest.Outputs).ToDictionary(
        tensor => tensor, tensor => new TensorBufferPool(sizes.Largest * tensor.ItemElements()));

    /// <summary>Writes one item's input into the memory of its tensor.</summary>
    public delegate void Fill(int item, TensorSpecification input, Span<float> values);

    public ModelManifest Manifest => model.Manifest;

    /// <summary>Buffers made so far; stays the same however often the graph runs.</summary>
    public int BuffersCreated => pools.Values.Sum(pool => pool.Created);

    /// <summary>The sizes that it runs with.</summary>
    public BatchSizes Sizes => sizes;

    /// <summary>Joins items for this graph.</summary>
    public DynamicBatcher<TItem, TResult> Batcher<TItem, TResult>(
        string name, BatchingOptions batching, Func<IReadOnlyList<TItem>, CancellationToken, IReadOnlyList<TResult>> run, TimeProvider clock)
    {
        var joined = new BatchingOptions { MaxBatchSize = sizes.Most, MaxQueueDelay = batching.MaxQueueDelay, MaxQueueLength = batching.MaxQueueLength };
        return new(name, joined, run, clock);
    }

    /// <summary>Reads one item's outputs, whose memory is its own only until it returns.</summary>
    /// <param name="outputOf">The values of an output.</param>
    public delegate TResult Read<out TResult>(Func<TensorSpecification, Memory<float>> outputOf);

    /// <summary>Fills the inputs of so many items, runs them together, and reads the outputs of each.</summary>
    public TResult[] Run<TResult>(int items, Fill fill, Read<TResult> read, CancellationToken cancellationToken)
    {
        var batch = sizes.For(items);
        var rented = new List<TensorBuffer>();
        try
        {
            TensorBinding[] inputs = [.. Manifest.Inputs.Select(tensor => Bind(tensor, batch, rented))];
            foreach (var (tensor, bound) in Manifest.Inputs.Zip(inputs))
            {
                for (var item = 0; item < items; item++)
                {
                    fill(item, tensor, bound.Data.Span.Slice(item * tensor.ItemElements(), tensor.ItemElements()));
                }
            }

            TensorBinding[] outputs = [.. Manifest.Outputs.Select(tensor => Bind(tensor, batch, rented))];
            model.Session.Run(inputs, outputs, cancellationToken);
            return [.. Enumerable.Range(0, items).Select(item => read(tensor =>
                outputs.Single(output => output.Name == tensor.Name).Data.Slice(item * tensor.ItemElements(), tensor.ItemElements())))];
        }
        finally
        {
            rented.ForEach(buffer => buffer.Dispose());
        }
    }

    public void Dispose() => model.Dispose();

    private TensorBinding Bind(TensorSpecification tensor, int batch, List<TensorBuffer> rented)
    {
        var buffer = pools[tensor].Rent();
        rented.Add(buffer);
        return new(tensor.Name, tensor.ForBatch(batch), buffer.Memory[..(batch * tensor.ItemElements())]);
    }
}
