namespace PoseFunctions.Inference.Native;

/// <summary>How a session is to be built: threads, optimisation, memory, execution providers.</summary>
internal sealed unsafe class OrtSessionOptions : OrtHandle
{
    private const int OptimizeAll = 99;

    public OrtSessionOptions()
        : base(OrtEntry.ReleaseSessionOptions, Create())
    {
        SetNumber(OrtEntry.SetSessionGraphOptimizationLevel, OptimizeAll);
    }

    public void SetIntraOpThreads(int threads) => SetNumber(OrtEntry.SetIntraOpNumThreads, threads);

    public void SetInterOpThreads(int threads) => SetNumber(OrtEntry.SetInterOpNumThreads, threads);

    /// <summary>Whether independent branches of the graph run side by side (on the inter-op threads).</summary>
    public void SetParallelExecution(bool parallel) => SetNumber(OrtEntry.SetSessionExecutionMode, parallel ? 1 : 0);

    /// <summary>Whether the memory plan of a shape is remembered and reused by later runs of the same shape.</summary>
    public void SetMemoryPattern(bool enabled)
    {
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint>)OrtApi.Entry(
            enabled ? OrtEntry.EnableMemPattern : OrtEntry.DisableMemPattern))(options.Pointer));
    }

    public void AddConfigEntry(string key, string value)
    {
        var (pinnedKey, pinnedValue) = (OrtApi.PinnedUtf8(key), OrtApi.PinnedUtf8(value));
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, byte*, byte*, nint>)OrtApi.Entry(OrtEntry.AddSessionConfigEntry))(
            options.Pointer, OrtApi.AddressOf(pinnedKey), OrtApi.AddressOf(pinnedValue)));
        GC.KeepAlive(pinnedKey);
        GC.KeepAlive(pinnedValue);
    }

    /// <summary>Prefers the CUDA provider; <paramref name="settings"/> are its options by name, such as <c>device_id</c>.</summary>
    /// <exception cref="OrtException">The provider's libraries or the driver are not there.</exception>
    public void AppendCuda(IReadOnlyDictionary<string, string> settings)
    {
        using var cuda = OrtProviderOptions.ForCuda(settings);
        Append(OrtEntry.SessionOptionsAppendExecutionProviderCudaV2, cuda);
    }

    /// <summary>Prefers the TensorRT provider; <paramref name="settings"/> are its options by name, such as <c>trt_fp16_enable</c>.</summary>
    /// <exception cref="OrtException">The provider's libraries, TensorRT or the driver are not there.</exception>
    public void AppendTensorRt(IReadOnlyDictionary<string, string> settings)
    {
        using var tensorRt = OrtProviderOptions.ForTensorRt(settings);
        Append(OrtEntry.SessionOptionsAppendExecutionProviderTensorRtV2, tensorRt);
    }

    /// <summary>Prefers a provider of the library's short list of names, such as <c>XNNPACK</c>.</summary>
    /// <exception cref="OrtException">The library does not know the name or was built without it.</exception>
    public void AppendProvider(string name, IReadOnlyDictionary<string, string> settings)
    {
        var pinnedName = OrtApi.PinnedUtf8(name);
        var table = new Utf8Table(settings);
        using var options = Lease();
        fixed (nint* keys = table.Keys, values = table.Values)
        {
            OrtApi.Check(((delegate* unmanaged<nint, byte*, nint*, nint*, nuint, nint>)OrtApi.Entry(
                OrtEntry.SessionOptionsAppendExecutionProvider))(
                options.Pointer, OrtApi.AddressOf(pinnedName), keys, values, (nuint)table.Count));
        }

        GC.KeepAlive(pinnedName);
        GC.KeepAlive(table);
    }

    private static nint Create()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint*, nint>)OrtApi.Entry(OrtEntry.CreateSessionOptions))(&created));
        return created;
    }

    private void Append(OrtEntry entry, OrtProviderOptions settings)
    {
        using var provider = settings.Lease();
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint>)OrtApi.Entry(entry))(options.Pointer, provider.Pointer));
    }

    private void SetNumber(OrtEntry entry, int value)
    {
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, int, nint>)OrtApi.Entry(entry))(options.Pointer, value));
    }
}
