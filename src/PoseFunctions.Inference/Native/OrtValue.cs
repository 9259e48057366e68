using System.Buffers;

namespace PoseFunctions.Inference.Native;

/// <summary>A tensor: over memory of ours, which stays pinned until this is disposed, or in memory that a device hands out.</summary>
internal sealed unsafe class OrtValue : OrtHandle
{
    private const int Float32 = 1;
    private MemoryHandle pin;

    private OrtValue(nint created, MemoryHandle pin)
        : base(OrtEntry.ReleaseValue, created) => this.pin = pin;

    /// <summary>Where the elements lie, on whichever device that is.</summary>
    public nint Address
    {
        get
        {
            using var tensor = Lease();
            nint address;
            OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Entry(OrtEntry.GetTensorMutableData))(tensor.Pointer, &address));
            return address;
        }
    }

    /// <summary>Takes memory for a shape; its content is undefined.</summary>
    public static OrtValue Allocate(OrtAllocator allocator, ReadOnlySpan<long> shape)
    {
        using var memory = allocator.Lease();
        nint created;
        fixed (long* dimensions = shape)
        {
            OrtApi.Check(((delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)OrtApi.Entry(OrtEntry.CreateTensorAsOrtValue))(
                memory.Pointer, dimensions, (nuint)shape.Length, Float32, &created));
        }

        return new OrtValue(created, default);
    }

    /// <summary>Uses memory of ours; nothing is copied.</summary>
    /// <param name="data">Exactly the elements of the shape.</param>
    /// <param name="shape">Sizes of the axes, outermost first.</param>
    public static OrtValue OverMemory(Memory<float> data, ReadOnlySpan<long> shape)
    {
        var pin = data.Pin();
        try
        {
            using var host = OrtMemoryInfo.Host.Lease();
            nint created;
            fixed (long* dimensions = shape)
            {
                OrtApi.Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)OrtApi.Entry(
                    OrtEntry.CreateTensorWithDataAsOrtValue))(
                    host.Pointer, pin.Pointer, (nuint)data.Length * sizeof(float), dimensions, (nuint)shape.Length, Float32, &created));
            }

            return new OrtValue(created, pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    protected override bool ReleaseHandle()
    {
        var released = base.ReleaseHandle();
        pin.Dispose();
        return released;
    }
}
