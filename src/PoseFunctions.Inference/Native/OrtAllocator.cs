namespace PoseFunctions.Inference.Native;

/// <summary>Hands out memory of one device, from the pool of a session.</summary>
internal sealed unsafe class OrtAllocator(OrtSession session, OrtMemoryInfo memory) : OrtHandle(OrtEntry.ReleaseAllocator, Create(session, memory))
{
    private static nint Create(OrtSession session, OrtMemoryInfo memory)
    {
        using var graph = session.Lease();
        using var place = memory.Lease();
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OrtApi.Entry(OrtEntry.CreateAllocator))(graph.Pointer, place.Pointer, &created));
        return created;
    }
}
