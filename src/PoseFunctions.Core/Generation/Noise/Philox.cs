namespace PoseFunctions.Core.Generation.Noise;

/// <summary>
/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a bijection of 128-bit counters for
/// every 64-bit key, so that any number of a sequence is made without those before it.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const ulong FirstMultiplier = 0xD2511F53;
    private const ulong SecondMultiplier = 0xCD9E8D57;
    private const uint FirstWeyl = 0x9E3779B9;
    private const uint SecondWeyl = 0xBB67AE85;

    /// <summary>Four random words for a counter under a key.</summary>
    public static (uint A, uint B, uint C, uint D) Block(uint a, uint b, uint c, uint d, ulong key)
    {
        var (low, high) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = (FirstMultiplier * a, SecondMultiplier * c);
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ low, (uint)second, (uint)(first >> 32) ^ d ^ high, (uint)first);
            (low, high) = (unchecked(low + FirstWeyl), unchecked(high + SecondWeyl));
        }

        return (a, b, c, d);
    }
}
