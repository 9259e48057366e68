using System.Buffers.Binary;

namespace PoseFunctions.Storage.People;

/// <summary>Latents as they are stored: little-endian float32, one after the other, so that they come back bit for bit.</summary>
internal static class LatentBytes
{
    public static BinaryData Write(float[] latents)
    {
        var bytes = new byte[latents.Length * sizeof(float)];
        foreach (var (index, value) in latents.Index())
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), value);
        }

        return BinaryData.FromBytes(bytes);
    }

    /// <summary>The latents; who asks for them knows how many there must be.</summary>
    public static float[] Read(BinaryData content)
    {
        var bytes = content.ToMemory().Span;
        var latents = new float[bytes.Length / sizeof(float)];
        for (var index = 0; index < latents.Length; index++)
        {
            latents[index] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(index * sizeof(float))..]);
        }

        return latents;
    }
}
