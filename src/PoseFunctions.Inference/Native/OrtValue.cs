using System.Buffers;

namespace PoseFunctions.Inference.Native;

/// <summary>A tensor over memory of ours, which stays pinned until this is disposed. Nothing is copied.</summary>
internal sealed unsafe class OrtValue : OrtHandle
{
    private const int Float32 = 1;
    private MemoryHandle pin;

    private OrtValue(nint created, MemoryHandle pin)
        : base(OrtEntry.ReleaseValue, created) => this.pin = pin;

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
