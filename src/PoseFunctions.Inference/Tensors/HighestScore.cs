namespace PoseFunctions.Inference.Tensors;

/// <summary>Reads scores, one plane a class, as labels.</summary>
internal static class HighestScore
{
    /// <summary>
    /// The class with the highest score that is above the floor, pixel by pixel; of equals the first. Where none is, label 0, the
    /// background, stays.
    /// </summary>
    /// <param name="scores">Plane by plane.</param>
    /// <param name="classes">How many planes.</param>
    /// <param name="firstLabel">The label of the first plane.</param>
    /// <param name="floor">What a score must exceed.</param>
    public static byte[] Label(ReadOnlySpan<float> scores, int classes, int firstLabel = 0, float floor = float.NegativeInfinity)
    {
        var plane = scores.Length / classes;
        var labels = new byte[plane];
        for (var pixel = 0; pixel < plane; pixel++)
        {
            var best = floor;
            for (var label = 0; label < classes; label++)
            {
                var score = scores[(label * plane) + pixel];
                if (score > best)
                {
                    (best, labels[pixel]) = (score, (byte)(label + firstLabel));
                }
            }
        }

        return labels;
    }
}
