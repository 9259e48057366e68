namespace PoseFunctions.Inference.Tensors;

/// <summary>
/// Pinned float buffers of one size, reused from run to run. As many exist as were ever in use at once.
/// </summary>
public sealed class TensorBufferPool(int elements)
{
    private readonly Lock gate = new();
    private readonly Stack<float[]> idle = new();
    private int created;

    /// <summary>Length of every buffer.</summary>
    public int Elements { get; } = elements;

    /// <summary>How many buffers this pool ever made.</summary>
    public int Created => Volatile.Read(ref created);

    /// <summary>A buffer with undefined content; its one owner disposes it and keeps no span of it afterwards.</summary>
    public TensorBuffer Rent()
    {
        lock (gate)
        {
            if (idle.TryPop(out var buffer))
            {
                return new TensorBuffer(this, buffer);
            }
        }

        Interlocked.Increment(ref created);
        return new TensorBuffer(this, GC.AllocateUninitializedArray<float>(Elements, pinned: true));
    }

    internal void Return(float[] buffer)
    {
        lock (gate)
        {
            idle.Push(buffer);
        }
    }
}
