using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Inference.Tensors;

/// <summary>Samples a turned square of a photo straight into a normalised planar tensor; black beyond the photo.</summary>
/// <param name="size">Width and height of the tensor's planes.</param>
/// <param name="normalizer">From 8-bit values to the tensor's.</param>
internal sealed class SquareSampler(int size, PixelNormalizer normalizer)
{
    private const int Channels = 3;

    /// <summary>More samples a side than this would cost more time than the finer average is worth.</summary>
    private const int MostSamples = 4;

    /// <summary>As few samples as nearly reach the photo's own resolution: less than a quarter more of them shows nowhere.</summary>
    private const double Spare = 0.25;

    /// <summary>Writes three planes of the square's size, each value the mean over the area that it covers.</summary>
    public void Sample(RgbImage photo, PersonSquare square, Span<float> planar)
    {
        var samples = Math.Clamp((int)Math.Ceiling((square.Side / size) - Spare), 1, MostSamples);
        var step = square.Side / (size * samples);
        var (sine, cosine) = Math.SinCos(square.Angle);
        var (left, top) = square.ToPhoto(0, 0);
        Span<int> sums = stackalloc int[Channels];
        Span<byte> pixel = stackalloc byte[Channels];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                sums.Clear();
                for (var sample = 0; sample < samples * samples; sample++)
                {
                    var right = ((column * samples) + (sample % samples) + 0.5) * step;
                    var down = ((row * samples) + (sample / samples) + 0.5) * step;
                    var (x, y) = (left + (cosine * right) - (sine * down), top + (sine * right) + (cosine * down));
                    if (x >= 0 && y >= 0 && x < photo.Size.Width && y < photo.Size.Height)
                    {
                        BilinearSampling.Read(photo, x, y, pixel);
                        (sums[0], sums[1], sums[2]) = (sums[0] + pixel[0], sums[1] + pixel[1], sums[2] + pixel[2]);
                    }
                }

                for (var channel = 0; channel < Channels; channel++)
                {
                    var mean = (float)sums[channel] / (samples * samples);
                    planar[(channel * size * size) + (row * size) + column] = normalizer.Normalize(channel, mean);
                }
            }
        }
    }
}
