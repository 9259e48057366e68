using System.Buffers;
using System.Numerics.Tensors;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Inference.Tensors;

/// <summary>
/// Samples a region of a photo straight into a normalised planar tensor, with a triangle filter that widens when shrinking.
/// </summary>
/// <param name="frame">Size of the tensor's planes.</param>
/// <param name="normalizer">From 8-bit values to the tensor's.</param>
/// <param name="padding">8-bit value beyond the photo, or <see langword="null"/> to repeat its edge.</param>
public sealed class PhotoSampler(ImageSize frame, PixelNormalizer normalizer, byte? padding)
{
    private const int Channels = 3;

    /// <summary>Writes three planes of the frame's size.</summary>
    public void Sample(RgbImage photo, PhotoRegion region, Span<float> planar)
    {
        var columns = new FilterTaps(region.X, region.Width, frame.Width, photo.Size.Width, padding is null);
        var rows = new FilterTaps(region.Y, region.Height, frame.Height, photo.Size.Height, padding is null);
        var stride = frame.Width * Channels;
        var photoRows = rows.Last - rows.First + 1;
        var narrow = ArrayPool<float>.Shared.Rent(Math.Max(1, photoRows) * stride);
        var line = ArrayPool<float>.Shared.Rent(stride);
        try
        {
            for (var y = 0; y < photoRows; y++)
            {
                Narrow(photo.Row(rows.First + y), columns, narrow.AsSpan(y * stride, stride));
            }

            for (var y = 0; y < frame.Height; y++)
            {
                var sum = line.AsSpan(0, stride);
                sum.Clear();
                for (var tap = 0; tap < rows.Taps; tap++)
                {
                    if (rows.Weight(y, tap) is var weight && weight != 0)
                    {
                        TensorPrimitives.MultiplyAdd(narrow.AsSpan((rows.Index(y, tap) - rows.First) * stride, stride), weight, sum, sum);
                    }
                }

                Write(sum, columns, rows.Inside(y), planar, y);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(narrow);
            ArrayPool<float>.Shared.Return(line);
        }
    }

    private static void Narrow(ReadOnlySpan<byte> row, FilterTaps columns, Span<float> narrow)
    {
        for (var x = 0; x < narrow.Length / Channels; x++)
        {
            float red = 0, green = 0, blue = 0;
            for (var tap = 0; tap < columns.Taps; tap++)
            {
                var (pixel, weight) = (Channels * columns.Index(x, tap), columns.Weight(x, tap));
                red += row[pixel] * weight;
                green += row[pixel + 1] * weight;
                blue += row[pixel + 2] * weight;
            }

            (narrow[Channels * x], narrow[(Channels * x) + 1], narrow[(Channels * x) + 2]) = (red, green, blue);
        }
    }

    private void Write(ReadOnlySpan<float> line, FilterTaps columns, float insideRow, Span<float> planar, int y)
    {
        var plane = frame.Width * frame.Height;
        for (var x = 0; x < frame.Width; x++)
        {
            var outside = (padding ?? 0) * (1f - (insideRow * columns.Inside(x)));
            for (var channel = 0; channel < Channels; channel++)
            {
                planar[(channel * plane) + (y * frame.Width) + x] = normalizer.Normalize(channel, line[(Channels * x) + channel] + outside);
            }
        }
    }
}
