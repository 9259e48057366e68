using System.Numerics.Tensors;

namespace PoseFunctions.Inference.Tensors;

/// <summary>Interleaved 8-bit RGB to planar floats and back: <c>x = (v - mean) / std</c> per channel.</summary>
public sealed class PixelNormalizer
{
    private const int Channels = 3;
    private readonly float[][] tables = new float[Channels][];
    private readonly float[] mean;
    private readonly float[] std;

    /// <param name="mean">Mean of 8-bit values, one a channel in RGB order.</param>
    /// <param name="std">Divisor after the mean, one a channel; not zero.</param>
    public PixelNormalizer(IReadOnlyList<float> mean, IReadOnlyList<float> std)
    {
        this.mean = [.. mean];
        this.std = [.. std];
        for (var channel = 0; channel < Channels; channel++)
        {
            var (offset, divisor) = (mean[channel], std[channel]);
            tables[channel] = [.. Enumerable.Range(0, 256).Select(value => (value - offset) / divisor)];
        }
    }

    /// <summary>The normalised value of an 8-bit one.</summary>
    public float Normalize(int channel, byte value) => tables[channel][value];

    /// <summary>The normalised value of any 8-bit-scaled one.</summary>
    public float Normalize(int channel, float value) => (value - mean[channel]) / std[channel];

    /// <summary>Writes <c>3 * pixels</c> bytes as three planes of floats.</summary>
    public void Normalize(ReadOnlySpan<byte> interleaved, Span<float> planar)
    {
        var plane = planar.Length / Channels;
        ArgumentOutOfRangeException.ThrowIfNotEqual(interleaved.Length, Channels * plane);
        var red = planar[..plane];
        var green = planar.Slice(plane, plane);
        var blue = planar.Slice(2 * plane, plane);
        var (redTable, greenTable, blueTable) = (tables[0], tables[1], tables[2]);
        for (var i = 0; i < plane; i++)
        {
            red[i] = redTable[interleaved[3 * i]];
            green[i] = greenTable[interleaved[(3 * i) + 1]];
            blue[i] = blueTable[interleaved[(3 * i) + 2]];
        }
    }

    /// <summary>The inverse, rounded to the nearest byte; values outside are clipped. Overwrites <paramref name="planar"/>.</summary>
    public void Denormalize(Span<float> planar, Span<byte> interleaved)
    {
        var plane = planar.Length / Channels;
        ArgumentOutOfRangeException.ThrowIfNotEqual(interleaved.Length, Channels * plane);
        for (var channel = 0; channel < Channels; channel++)
        {
            var values = planar.Slice(channel * plane, plane);
            TensorPrimitives.Multiply(values, std[channel], values);
            TensorPrimitives.Add(values, mean[channel] + 0.5f, values);
            TensorPrimitives.Max(values, 0f, values);
            TensorPrimitives.Min(values, 255f, values);
            for (int i = 0, to = channel; i < values.Length; i++, to += Channels)
            {
                interleaved[to] = (byte)values[i];
            }
        }
    }
}
