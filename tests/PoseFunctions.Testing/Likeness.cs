using PoseFunctions.Core.Models;

namespace PoseFunctions.Testing;

/// <summary>How alike a variant is to the exact graph, as <c>docs/model-manifest.md</c> defines it.</summary>
public static class Likeness
{
    /// <summary>In dB; the least alike output counts.</summary>
    public static double Psnr(
        IReadOnlyList<TensorSpecification> outputs, IReadOnlyDictionary<string, float[]> exact, IReadOnlyDictionary<string, float[]> found) =>
        outputs.Min(output => Psnr(output, exact[output.Name], found[output.Name]));

    private static double Psnr(TensorSpecification output, float[] exact, float[] found)
    {
        // Each of an image's channels is brought to the 8-bit scale; a shared mean falls out of the difference.
        double ToScale(int index) => output.Std is { } std ? std[index / (exact.Length / Items(output, exact) / std.Count) % std.Count] : 1;
        var error = exact.Select((value, index) => Math.Pow((value - found[index]) * ToScale(index), 2)).Average();
        var peak = output.Std is null ? exact.Max(Math.Abs) : 255.0;
        return 10 * Math.Log10(peak * peak / error);
    }

    private static int Items(TensorSpecification output, float[] values) =>
        values.Length / output.Shape.Skip(1).Aggregate(1, (product, size) => product * size.GetInt32());
}
