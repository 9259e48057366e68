namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Lays a colour over another.</summary>
internal static class PixelBlending
{
    /// <summary>Moves a colour towards another by a share, 0 to 1.</summary>
    public static void Blend(Span<byte> under, ReadOnlySpan<byte> over, float weight)
    {
        for (var channel = 0; channel < under.Length; channel++)
        {
            under[channel] = (byte)(under[channel] + (weight * (over[channel] - under[channel])) + 0.5f);
        }
    }
}
