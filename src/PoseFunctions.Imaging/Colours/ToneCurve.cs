using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Colours;

/// <summary>How a channel's stored value becomes light: ICC.1:2022, sections 10.6 (<c>curv</c>) and 10.18 (<c>para</c>).</summary>
internal static class ToneCurve
{
    private const int DataStart = 12;

    // Numbers of parameters of the five functions.
    private static readonly int[] ParameterCounts = [1, 3, 4, 5, 7];

    /// <summary>The light, 0 to 1, of each of the 256 stored values; null where the tag is of another type or damaged.</summary>
    public static float[]? Read(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < DataStart)
        {
            return null;
        }

        return tag.StartsWith("curv"u8) ? ReadSampled(tag) : tag.StartsWith("para"u8) ? ReadFormula(tag) : null;
    }

    private static float[]? ReadSampled(ReadOnlySpan<byte> tag)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
        var samples = tag[DataStart..];
        if (samples.Length < 2 * (long)count)
        {
            return null;
        }

        if (count == 0)
        {
            return Tabulate(stored => stored);
        }

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(samples[(2 * i)..]);
        }

        // A single value is an exponent in 8.8 fixed point.
        return count == 1
            ? Tabulate(stored => Math.Pow(stored, values[0] / 256))
            : Tabulate(stored => Interpolate(values, stored * (values.Length - 1)) / ushort.MaxValue);
    }

    private static double Interpolate(float[] values, double position)
    {
        var below = Math.Min((int)position, values.Length - 2);
        return values[below] + ((position - below) * (values[below + 1] - values[below]));
    }

    private static float[]? ReadFormula(ReadOnlySpan<byte> tag)
    {
        var function = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        if (function >= ParameterCounts.Length || tag.Length < DataStart + (4 * ParameterCounts[function]))
        {
            return null;
        }

        var p = new double[7];
        for (var i = 0; i < ParameterCounts[function]; i++)
        {
            p[i] = BinaryPrimitives.ReadInt32BigEndian(tag[(DataStart + (4 * i))..]) / 65536.0;
        }

        var (g, a, b, c, d, e, f) = (p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
        return function switch
        {
            0 => Tabulate(x => Math.Pow(x, g)),
            1 => Tabulate(x => x >= -b / a ? Math.Pow((a * x) + b, g) : 0),
            2 => Tabulate(x => x >= -b / a ? Math.Pow((a * x) + b, g) + c : c),
            3 => Tabulate(x => x >= d ? Math.Pow((a * x) + b, g) : c * x),
            _ => Tabulate(x => x >= d ? Math.Pow((a * x) + b, g) + e : (c * x) + f),
        };
    }

    private static float[] Tabulate(Func<double, double> curve)
    {
        var table = new float[256];
        for (var stored = 0; stored < table.Length; stored++)
        {
            var light = curve(stored / 255.0);
            table[stored] = double.IsFinite(light) ? (float)Math.Clamp(light, 0, 1) : 0;
        }

        return table;
    }
}
