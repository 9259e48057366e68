using System.Numerics.Tensors;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Inference.Tensors;

/// <summary>
/// Renders one Gaussian a joint: <c>exp(-((column - x)^2 + (row - y)^2) / (2 sigma^2))</c>, a missing joint as zeros. The
/// Gaussian is the product of a row and a column profile, so each map costs one multiplication a pixel.
/// </summary>
/// <param name="joints">Joints in channel order.</param>
/// <param name="sigma">Standard deviation in pixels.</param>
/// <param name="width">Width of a map.</param>
/// <param name="height">Height of a map.</param>
public sealed class HeatmapRenderer(IReadOnlyList<Joint> joints, float sigma, int width, int height)
{
    // A keypoint is in continuous coordinates; the networks are trained in those of pixel centres.
    private const float CenterOfPixel = 0.5f;

    /// <summary>Number of floats that <see cref="Render"/> writes.</summary>
    public int Elements => joints.Count * width * height;

    /// <summary>Writes a planar stack of maps, channel by channel.</summary>
    public void Render(Pose pose, Span<float> maps)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(maps.Length, Elements);
        Span<float> columns = stackalloc float[width];
        Span<float> rows = stackalloc float[height];
        for (var channel = 0; channel < joints.Count; channel++)
        {
            var map = maps.Slice(channel * width * height, width * height);
            var keypoint = pose[joints[channel]];
            if (keypoint.IsMissing)
            {
                map.Clear();
                continue;
            }

            Profile(keypoint.X - CenterOfPixel, columns);
            Profile(keypoint.Y - CenterOfPixel, rows);
            for (var row = 0; row < height; row++)
            {
                TensorPrimitives.Multiply(columns, rows[row], map.Slice(row * width, width));
            }
        }
    }

    private void Profile(float center, Span<float> profile)
    {
        var scale = -1f / (2f * sigma * sigma);
        for (var i = 0; i < profile.Length; i++)
        {
            var distance = i - center;
            profile[i] = MathF.Exp(distance * distance * scale);
        }
    }
}
