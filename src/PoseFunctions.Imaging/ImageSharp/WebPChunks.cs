using System.Buffers.Binary;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>The chunks of a WebP file: a RIFF container, whose chunks are a name, a length and content padded to even.</summary>
internal static class WebPChunks
{
    private const int FirstChunk = 12;
    private const int HeaderLength = 8;
    private const byte AnimationFlag = 0b10;

    /// <summary>The length that the container states for the whole file.</summary>
    public static long StatedLength(ReadOnlySpan<byte> file) =>
        file.Length < FirstChunk ? long.MaxValue : HeaderLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);

    /// <summary>Whether the extended header says that the file is an animation.</summary>
    public static bool IsAnimation(ReadOnlySpan<byte> file) => Find(file, "VP8X"u8) is [var flags, ..] && (flags & AnimationFlag) != 0;

    /// <summary>The content of the first chunk of that name; empty where there is none.</summary>
    public static byte[] Find(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        for (long offset = FirstChunk; offset + HeaderLength <= file.Length;)
        {
            var chunk = file[(int)offset..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith(name))
            {
                return chunk[HeaderLength..(int)Math.Min(chunk.Length, HeaderLength + length)].ToArray();
            }

            offset += HeaderLength + length + (length & 1);
        }

        return [];
    }
}
