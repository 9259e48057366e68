namespace PoseFunctions.Core.Generation.Noise;

/// <summary>
/// Standard normal noise whose every number is part of the contract (<c>docs/model-manifest.md</c>): Philox4x32-10 with the seed
/// as key and (block, 0, stream, 0) as counter, four words a block, made normal two by two by Box and Muller.
/// </summary>
public static class NormalNoise
{
    private const int BlockLength = 4;
    private const double WordRange = 4294967296.0;

    /// <summary>Writes the first numbers of a stream.</summary>
    public static void Fill(NoiseStream stream, Span<float> noise)
    {
        Span<float> block = stackalloc float[BlockLength];
        for (var at = 0; at < noise.Length; at += BlockLength)
        {
            var words = Philox.Block((uint)(at / BlockLength), 0, stream.Stream, 0, stream.Seed);
            (block[0], block[1]) = Pair(words.A, words.B);
            (block[2], block[3]) = Pair(words.C, words.D);
            block[..Math.Min(BlockLength, noise.Length - at)].CopyTo(noise[at..]);
        }
    }

    private static (float, float) Pair(uint radius, uint angle)
    {
        // The middle of each of the 2^32 intervals: never 0, whose logarithm is infinite.
        var length = Math.Sqrt(-2 * Math.Log((radius + 0.5) / WordRange));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * ((angle + 0.5) / WordRange));
        return ((float)(length * cosine), (float)(length * sine));
    }
}
