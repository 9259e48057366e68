namespace PoseFunctions.Inference.Native;

/// <summary>One run's options; through them another thread can stop it.</summary>
internal sealed unsafe class OrtRunOptions : OrtHandle
{
    public OrtRunOptions()
        : base(OrtEntry.ReleaseRunOptions, Create())
    {
    }

    /// <summary>Makes the run that uses these options fail at the next operator.</summary>
    public void Terminate()
    {
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint>)OrtApi.Entry(OrtEntry.RunOptionsSetTerminate))(options.Pointer));
    }

    private static nint Create()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint*, nint>)OrtApi.Entry(OrtEntry.CreateRunOptions))(&created));
        return created;
    }
}
