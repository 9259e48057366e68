namespace PoseFunctions.Inference.Native;

/// <summary>Says once where a session reads its inputs and writes its outputs, for any number of runs.</summary>
internal sealed unsafe class OrtIoBinding(OrtSession session) : OrtHandle(OrtEntry.ReleaseIoBinding, Create(session))
{
    public void BindInput(string name, OrtValue value) => Bind(OrtEntry.BindInput, name, value);

    public void BindOutput(string name, OrtValue value) => Bind(OrtEntry.BindOutput, name, value);

    /// <summary>Waits until the device has read what was copied to the inputs.</summary>
    public void SynchronizeInputs() => Synchronize(OrtEntry.SynchronizeBoundInputs);

    /// <summary>Waits until the device has written the outputs.</summary>
    public void SynchronizeOutputs() => Synchronize(OrtEntry.SynchronizeBoundOutputs);

    private static nint Create(OrtSession session)
    {
        using var graph = session.Lease();
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Entry(OrtEntry.CreateIoBinding))(graph.Pointer, &created));
        return created;
    }

    private void Bind(OrtEntry entry, string name, OrtValue value)
    {
        var pinned = OrtApi.PinnedUtf8(name);
        using var binding = Lease();
        using var tensor = value.Lease();
        OrtApi.Check(((delegate* unmanaged<nint, byte*, nint, nint>)OrtApi.Entry(entry))(binding.Pointer, OrtApi.AddressOf(pinned), tensor.Pointer));
        GC.KeepAlive(pinned);
    }

    private void Synchronize(OrtEntry entry)
    {
        using var binding = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint>)OrtApi.Entry(entry))(binding.Pointer));
    }
}
