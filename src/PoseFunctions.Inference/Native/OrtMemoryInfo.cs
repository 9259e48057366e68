namespace PoseFunctions.Inference.Native;

/// <summary>Says on which device a tensor's memory lies.</summary>
internal sealed unsafe class OrtMemoryInfo : OrtHandle
{
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;
    private static readonly Lazy<OrtMemoryInfo> LazyHost = new(() => new OrtMemoryInfo(CreateHost()));

    /// <param name="device">As the library names it, such as <c>Cuda</c>.</param>
    /// <param name="id">Which of them, from 0.</param>
    /// <exception cref="OrtException">The library knows no such device.</exception>
    public OrtMemoryInfo(string device, int id)
        : this(Create(device, id))
    {
    }

    private OrtMemoryInfo(nint created)
        : base(OrtEntry.ReleaseMemoryInfo, created)
    {
    }

    /// <summary>Ordinary memory of the host.</summary>
    public static OrtMemoryInfo Host => LazyHost.Value;

    private static nint CreateHost()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<int, int, nint*, nint>)OrtApi.Entry(OrtEntry.CreateCpuMemoryInfo))(
            DeviceAllocator, DefaultMemory, &created));
        return created;
    }

    private static nint Create(string device, int id)
    {
        var name = OrtApi.PinnedUtf8(device);
        nint created;
        OrtApi.Check(((delegate* unmanaged<byte*, int, int, int, nint*, nint>)OrtApi.Entry(OrtEntry.CreateMemoryInfo))(
            OrtApi.AddressOf(name), DeviceAllocator, id, DefaultMemory, &created));
        GC.KeepAlive(name);
        return created;
    }
}
