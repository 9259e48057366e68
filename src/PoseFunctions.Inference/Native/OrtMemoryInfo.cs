namespace PoseFunctions.Inference.Native;

/// <summary>Says that a tensor's memory is ordinary memory of the host.</summary>
internal sealed unsafe class OrtMemoryInfo : OrtHandle
{
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;
    private static readonly Lazy<OrtMemoryInfo> LazyHost = new(() => new OrtMemoryInfo());

    public OrtMemoryInfo()
        : base(OrtEntry.ReleaseMemoryInfo, Create())
    {
    }

    public static OrtMemoryInfo Host => LazyHost.Value;

    private static nint Create()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<int, int, nint*, nint>)OrtApi.Entry(OrtEntry.CreateCpuMemoryInfo))(
            DeviceAllocator, DefaultMemory, &created));
        return created;
    }
}
