using System.Diagnostics;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>What this machine reaches at best: a product of two large fp32 matrices on ONNX Runtime, with the same threads.</summary>
internal static class MatrixPeak
{
    private const int Side = 2048;
    private const int Runs = 8;

    /// <summary>Operations a second, a multiplication and an addition being two; the best of several runs.</summary>
    public static double Measure(int threads)
    {
        using var session = BenchmarkSessions.Factory(threads).Load(
            RepositoryRoot.Combine("tests", "PoseFunctions.Benchmarks", "Assets", "product.onnx"));
        var random = new Random(1);
        float[] a = Values(random), b = Values(random), product = new float[Side * Side];
        long[] shape = [Side, Side];
        var best = double.PositiveInfinity;
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            session.Run([new("a", shape, a), new("b", shape, b)], [new("product", shape, product)], CancellationToken.None);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return 2.0 * Side * Side * Side / best;
    }

    private static float[] Values(Random random) => [.. Enumerable.Range(0, Side * Side).Select(_ => random.NextSingle() - 0.5f)];
}
