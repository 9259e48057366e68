using PoseFunctions.Core.Generation.Noise;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Noise;

/// <summary>The noise of a seed is part of the contract: whoever stored a seed gets the same image again after any update.</summary>
public sealed class NormalNoiseTests
{
    private static float[] Zero { get; } = [0.9911377f, -0.9246626f, -0.61760896f, -0.4820686f, -0.15363823f, 0.1808259f];

    private static float[] Other { get; } = [0.67329335f, 0.10170698f, -0.28889683f, -0.33773574f, 0.1749649f, 1.4317707f];

    /// <summary>The known answers that the authors publish.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0ul, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_KnownCounters_GiveThePublishedWords(
        uint a, uint b, uint c, uint d, ulong key, uint wordA, uint wordB, uint wordC, uint wordD) =>
        Assert.Equal((wordA, wordB, wordC, wordD), Philox.Block(a, b, c, d, key));

    [Fact]
    public void Fill_KnownStreams_NeverChange()
    {
        Assert.Equal(Zero, Numbers(new(0, 0), 6));
        Assert.Equal(Other, Numbers(new(4711, 3), 6));
    }

    [Fact]
    public void Fill_ShorterOrLonger_BeginsAlike() => Assert.Equal(Numbers(new(5, 1), 9), Numbers(new(5, 1), 1000)[..9]);

    [Fact]
    public void Fill_ManyNumbers_AreStandardNormal()
    {
        var numbers = Numbers(new(1, 0), 100_000);

        Assert.Equal(0, numbers.Average(), 0.02);
        Assert.Equal(1, numbers.Average(value => (double)value * value), 0.02);
        Assert.Equal(0.6827, numbers.Count(value => Math.Abs(value) < 1) / 100_000.0, 0.01);
        Assert.All(numbers, value => Assert.True(float.IsFinite(value)));
    }

    private static float[] Numbers(NoiseStream stream, int count)
    {
        var numbers = new float[count];
        NormalNoise.Fill(stream, numbers);
        return numbers;
    }
}
