namespace PoseFunctions.Inference.Native;

/// <summary>Options of a provider that has an object of its own for them.</summary>
internal sealed unsafe class OrtProviderOptions : OrtHandle
{
    private OrtProviderOptions(OrtEntry create, OrtEntry update, OrtEntry release, IReadOnlyDictionary<string, string> settings)
        : base(release, Create(create))
    {
        var table = new Utf8Table(settings);
        using var options = Lease();
        fixed (nint* keys = table.Keys, values = table.Values)
        {
            OrtApi.Check(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)OrtApi.Entry(update))(
                options.Pointer, keys, values, (nuint)table.Count));
        }

        GC.KeepAlive(table);
    }

    /// <exception cref="OrtException">The provider's libraries are not there, or it does not know a name or a value.</exception>
    public static OrtProviderOptions ForCuda(IReadOnlyDictionary<string, string> settings) => new(
        OrtEntry.CreateCudaProviderOptions, OrtEntry.UpdateCudaProviderOptions, OrtEntry.ReleaseCudaProviderOptions, settings);

    /// <inheritdoc cref="ForCuda"/>
    public static OrtProviderOptions ForTensorRt(IReadOnlyDictionary<string, string> settings) => new(
        OrtEntry.CreateTensorRtProviderOptions, OrtEntry.UpdateTensorRtProviderOptions, OrtEntry.ReleaseTensorRtProviderOptions, settings);

    private static nint Create(OrtEntry entry)
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint*, nint>)OrtApi.Entry(entry))(&created));
        return created;
    }
}
