using System.Buffers.Binary;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders.Avif;
using PoseFunctions.Imaging.Decoders.Png;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>
/// What is wrong with a file that libvips refused. Its own words are of no use: it collects those of all threads in one buffer, so
/// that they may be about somebody else's photo.
/// </summary>
internal static class Damage
{
    private const int RiffHeader = 8;

    /// <summary>One clause about this file and no other.</summary>
    public static string Describe(ImageFormat format, ReadOnlyMemory<byte> file)
    {
        var ending = format switch
        {
            ImageFormat.Jpeg when !file.Span.EndsWith<byte>([0xFF, 0xD9]) => "and it does not end with its end marker",
            ImageFormat.Png when !PngChunks.Read(file).Any(chunk => chunk.Type == "IEND") => "and it ends inside a chunk",
            ImageFormat.WebP when file.Length > RiffHeader && Promised(file) > file.Length =>
                $"and it has {file.Length} of the {Promised(file)} bytes that it promises",
            ImageFormat.Avif when Box.Read(file).Count(box => box.Type is "meta" or "mdat") < 2 => "and it ends inside a box",
            _ => null,
        };
        return ending is null ? "its content cannot be decoded." : $"its content cannot be decoded, {ending}.";
    }

    private static long Promised(ReadOnlyMemory<byte> file) => RiffHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(file.Span[4..]);
}
