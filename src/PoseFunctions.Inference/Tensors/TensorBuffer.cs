namespace PoseFunctions.Inference.Tensors;

/// <summary>A rented float buffer.</summary>
public sealed class TensorBuffer : IDisposable
{
    private readonly TensorBufferPool pool;
    private float[]? buffer;

    internal TensorBuffer(TensorBufferPool pool, float[] buffer)
    {
        this.pool = pool;
        this.buffer = buffer;
    }

    /// <exception cref="ObjectDisposedException">The buffer went back to its pool.</exception>
    public Memory<float> Memory => buffer ?? throw new ObjectDisposedException(nameof(TensorBuffer));

    /// <inheritdoc cref="Memory"/>
    public Span<float> Span => Memory.Span;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } returned)
        {
            pool.Return(returned);
        }
    }
}
