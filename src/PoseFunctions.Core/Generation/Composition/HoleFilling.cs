using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>
/// Fills a hole in a picture smoothly from its rim, as in Burt and Adelson's pyramids with weights ("pull-push", Gortler et al.,
/// "The lumigraph", SIGGRAPH 1996): averages of what is known are taken coarser and coarser, and laid into the hole finer and finer.
/// </summary>
internal static class HoleFilling
{
    private const int Channels = 3;

    /// <summary>Three planes of the picture, 0 to 255, with the hole filled; grey where there is nothing but hole.</summary>
    public static float[][] Fill(RgbImage image, bool[] hole)
    {
        var size = image.Size;
        var weights = new float[hole.Length];
        var planes = Enumerable.Range(0, Channels).Select(_ => new float[hole.Length]).ToArray();
        for (var cell = 0; cell < hole.Length; cell++)
        {
            weights[cell] = hole[cell] ? 0 : 1;
            for (var channel = 0; channel < Channels; channel++)
            {
                planes[channel][cell] = hole[cell] ? 127.5f : image.Pixels[(Channels * cell) + channel];
            }
        }

        Fill(planes, weights, size);
        return planes;
    }

    private static void Fill(float[][] planes, float[] weights, ImageSize size)
    {
        if (size.LongSide <= 1 || weights.All(weight => weight >= 1))
        {
            return;
        }

        var half = new ImageSize((size.Width + 1) / 2, (size.Height + 1) / 2);
        var (coarse, coarseWeights) = Halve(planes, weights, size, half);
        Fill(coarse, coarseWeights, half);
        for (var cell = 0; cell < weights.Length; cell++)
        {
            if (weights[cell] < 1)
            {
                var (x, y) = (((cell % size.Width) + 0.5) / 2, ((cell / size.Width) + 0.5) / 2);
                for (var channel = 0; channel < planes.Length; channel++)
                {
                    var below = BilinearSampling.Read(coarse[channel], half, x, y);
                    planes[channel][cell] = below + (weights[cell] * (planes[channel][cell] - below));
                }
            }
        }
    }

    private static (float[][] Planes, float[] Weights) Halve(float[][] planes, float[] weights, ImageSize size, ImageSize half)
    {
        var sums = planes.Select(_ => new float[half.Width * half.Height]).ToArray();
        var totals = new float[half.Width * half.Height];
        for (var cell = 0; cell < weights.Length; cell++)
        {
            var to = (cell / size.Width / 2 * half.Width) + (cell % size.Width / 2);
            totals[to] += weights[cell];
            for (var channel = 0; channel < planes.Length; channel++)
            {
                sums[channel][to] += weights[cell] * planes[channel][cell];
            }
        }

        for (var cell = 0; cell < totals.Length; cell++)
        {
            for (var channel = 0; channel < planes.Length; channel++)
            {
                sums[channel][cell] = totals[cell] > 0 ? sums[channel][cell] / totals[cell] : 127.5f;
            }

            totals[cell] = Math.Min(1, totals[cell]);
        }

        return (sums, totals);
    }
}
