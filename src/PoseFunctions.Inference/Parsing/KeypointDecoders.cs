using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.Parsing;

/// <summary>Reads joints from the outputs of keypoint models.</summary>
internal static class KeypointDecoders
{
    /// <summary>Peak of each heatmap, refined by the centroid of its 3x3 neighbourhood.</summary>
    public static JointFraction[] GaussianHeatmaps(ReadOnlySpan<float> heatmaps, int joints, int height, int width)
    {
        var found = new JointFraction[joints];
        for (var joint = 0; joint < joints; joint++)
        {
            var map = heatmaps.Slice(joint * height * width, height * width);
            var peak = IndexOfPeak(map);
            var (row, column) = (peak / width, peak % width);
            double total = 0, x = 0, y = 0;
            for (var r = Math.Max(0, row - 1); r <= Math.Min(height - 1, row + 1); r++)
            {
                for (var c = Math.Max(0, column - 1); c <= Math.Min(width - 1, column + 1); c++)
                {
                    var weight = Math.Max(0, map[(r * width) + c]);
                    (total, x, y) = (total + weight, x + (weight * c), y + (weight * r));
                }
            }

            var (cx, cy) = total > 0 ? (x / total, y / total) : (column, row);
            found[joint] = new((cx + 0.5) / width, (cy + 0.5) / height, Math.Clamp(map[peak], 0, 1));
        }

        return found;
    }

    /// <summary>
    /// MoveNet's single-person decoding: the most central person, from there a guess a joint, the heatmap cell that is strong and
    /// near the guess, and that cell's offset.
    /// </summary>
    public static JointFraction[] CenterOffset(
        ReadOnlySpan<float> heatmaps, ReadOnlySpan<float> center, ReadOnlySpan<float> regression, ReadOnlySpan<float> offsets,
        int joints, int height, int width, DecoderSpecification decoder)
    {
        var bias = decoder.CenterBias ?? 1.8f;
        var plane = height * width;
        var person = Nearest(center, height, width, height / 2.0, width / 2.0, bias);
        var found = new JointFraction[joints];
        for (var joint = 0; joint < joints; joint++)
        {
            var (yPlane, xPlane) = (2 * joint * plane, ((2 * joint) + 1) * plane);
            var map = heatmaps.Slice(joint * plane, plane);
            var cell = Nearest(map, height, width, (person / width) + regression[yPlane + person], (person % width) + regression[xPlane + person], bias);
            var (y, x) = ((cell / width) + offsets[yPlane + cell], (cell % width) + offsets[xPlane + cell]);
            found[joint] = new(x / width, y / height, Math.Clamp(map[cell], 0, 1));
        }

        return found;
    }

    private static int Nearest(ReadOnlySpan<float> map, int height, int width, double y, double x, double bias)
    {
        var (best, bestScore) = (0, double.NegativeInfinity);
        for (var cell = 0; cell < height * width; cell++)
        {
            var (dy, dx) = ((cell / width) - y, (cell % width) - x);
            var score = map[cell] / (Math.Sqrt((dy * dy) + (dx * dx)) + bias);
            if (score > bestScore)
            {
                (best, bestScore) = (cell, score);
            }
        }

        return best;
    }

    // Not TensorPrimitives.IndexOfMax: once the runtime recompiles it for AVX-512 it returns wrong indices.
    private static int IndexOfPeak(ReadOnlySpan<float> map)
    {
        var peak = 0;
        for (var i = 1; i < map.Length; i++)
        {
            if (map[i] > map[peak])
            {
                peak = i;
            }
        }

        return peak;
    }
}
