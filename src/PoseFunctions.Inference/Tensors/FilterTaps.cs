namespace PoseFunctions.Inference.Tensors;

/// <summary>Which pixels of one axis, with which weights, make each sample of a resampled axis.</summary>
internal sealed class FilterTaps
{
    private readonly int[] indices;
    private readonly float[] weights;
    private readonly float[] inside;

    /// <param name="start">First position of the sampled stretch, in pixels of the photo.</param>
    /// <param name="length">Length of the stretch.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="pixels">Number of pixels that there are.</param>
    /// <param name="repeatEdge">Whether a tap beyond the photo takes its edge; otherwise it weighs nothing.</param>
    public FilterTaps(double start, double length, int samples, int pixels, bool repeatEdge)
    {
        var step = length / samples;
        var support = Math.Max(1.0, step);
        Taps = (int)Math.Ceiling(2 * support) + 1;
        indices = new int[samples * Taps];
        weights = new float[samples * Taps];
        inside = new float[samples];
        (First, Last) = (pixels, -1);
        Span<double> raw = new double[Taps];
        for (var i = 0; i < samples; i++)
        {
            var center = start + ((i + 0.5) * step);
            var first = (int)Math.Ceiling(center - support - 0.5);
            var total = 0.0;
            for (var tap = 0; tap < Taps; tap++)
            {
                raw[tap] = Math.Max(0, 1 - (Math.Abs(first + tap + 0.5 - center) / support));
                total += raw[tap];
            }

            for (var tap = 0; tap < Taps; tap++)
            {
                var index = Math.Clamp(first + tap, 0, pixels - 1);
                var counts = repeatEdge || index == first + tap;
                indices[(i * Taps) + tap] = index;
                weights[(i * Taps) + tap] = counts ? (float)(raw[tap] / total) : 0f;
                inside[i] += weights[(i * Taps) + tap];
                (First, Last) = (Math.Min(First, index), Math.Max(Last, index));
            }
        }
    }

    /// <summary>Pixels that each sample is made of.</summary>
    public int Taps { get; }

    /// <summary>First pixel that any sample needs.</summary>
    public int First { get; }

    /// <summary>Last pixel that any sample needs.</summary>
    public int Last { get; }

    public int Index(int sample, int tap) => indices[(sample * Taps) + tap];

    public float Weight(int sample, int tap) => weights[(sample * Taps) + tap];

    /// <summary>Sum of a sample's weights, 1 where it lies wholly inside the photo.</summary>
    public float Inside(int sample) => inside[sample];
}
