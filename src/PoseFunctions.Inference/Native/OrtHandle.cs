using System.Runtime.InteropServices;

namespace PoseFunctions.Inference.Native;

/// <summary>An object that ONNX Runtime made and must release.</summary>
internal abstract unsafe class OrtHandle : SafeHandle
{
    private readonly OrtEntry release;

    protected OrtHandle(OrtEntry release, nint created)
        : base(0, ownsHandle: true)
    {
        this.release = release;
        SetHandle(created);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the object alive for the length of a native call, whatever another thread disposes meanwhile.</summary>
    public OrtLease Lease() => new(this);

    protected override bool ReleaseHandle()
    {
        ((delegate* unmanaged<nint, void>)OrtApi.Entry(release))(handle);
        return true;
    }
}
