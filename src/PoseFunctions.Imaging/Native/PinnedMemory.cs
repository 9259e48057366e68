using System.Buffers;

namespace PoseFunctions.Imaging.Native;

/// <summary>Managed memory held in place while native code refers to it.</summary>
internal sealed unsafe class PinnedMemory : IDisposable
{
    private MemoryHandle pin;

    public PinnedMemory(ReadOnlyMemory<byte> memory)
    {
        pin = memory.Pin();
        Length = memory.Length;
    }

    public nint Address => (nint)pin.Pointer;

    public int Length { get; }

    public void Dispose() => pin.Dispose();
}
