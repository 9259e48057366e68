namespace PoseFunctions.Inference.Native;

/// <summary>
/// The process-wide environment. Its own log is silent: whatever goes wrong comes back as a status and is thrown, so printing
/// it a second time to the console would only alarm whoever cancelled a run on purpose.
/// </summary>
internal sealed unsafe class OrtEnvironment : OrtHandle
{
    private const int FatalOnly = 4;
    private static readonly Lazy<OrtEnvironment> LazyShared = new(Create);

    private OrtEnvironment(nint created)
        : base(OrtEntry.ReleaseEnv, created)
    {
    }

    /// <summary>The one environment; the library keeps a single one however many are asked for.</summary>
    public static OrtEnvironment Shared => LazyShared.Value;

    private static OrtEnvironment Create()
    {
        var logId = OrtApi.PinnedUtf8("posefunctions");
        nint created;
        OrtApi.Check(((delegate* unmanaged<int, byte*, nint*, nint>)OrtApi.Entry(OrtEntry.CreateEnv))(
            FatalOnly, OrtApi.AddressOf(logId), &created));
        OrtApi.Check(((delegate* unmanaged<nint, nint>)OrtApi.Entry(OrtEntry.DisableTelemetryEvents))(created));
        GC.KeepAlive(logId);
        return new OrtEnvironment(created);
    }
}
