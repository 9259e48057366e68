using System.Runtime.InteropServices;
using NetVips;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>An encoded file as libvips reads it.</summary>
internal static class EncodedSource
{
    /// <summary>A source over the file: over its own array where it fills one, else over a copy. Dispose it after every image that reads from it.</summary>
    public static Source Over(ReadOnlyMemory<byte> encoded) =>
        MemoryMarshal.TryGetArray(encoded, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? Source.NewFromMemory(segment.Array)
            : Source.NewFromMemory(encoded.Span);
}
