namespace PoseFunctions.Inference.Native;

/// <summary>The CUDA provider's options.</summary>
internal sealed unsafe class OrtCudaOptions : OrtHandle
{
    public OrtCudaOptions(IReadOnlyDictionary<string, string> settings)
        : base(OrtEntry.ReleaseCudaProviderOptions, Create())
    {
        var table = new Utf8Table(settings);
        using var options = Lease();
        fixed (nint* keys = table.Keys, values = table.Values)
        {
            OrtApi.Check(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)OrtApi.Entry(OrtEntry.UpdateCudaProviderOptions))(
                options.Pointer, keys, values, (nuint)table.Count));
        }

        GC.KeepAlive(table);
    }

    private static nint Create()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint*, nint>)OrtApi.Entry(OrtEntry.CreateCudaProviderOptions))(&created));
        return created;
    }
}
