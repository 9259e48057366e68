using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>What one run of a graph with one item computes.</summary>
/// <param name="ProductFlops">Of convolutions and matrix products: a multiplication and an addition are two.</param>
/// <param name="Parameters">Elements of its stored constants.</param>
internal sealed record GraphCost(
    [property: JsonPropertyName("product_flops")] double ProductFlops, [property: JsonPropertyName("parameters")] double Parameters)
{
    /// <summary>Counts a graph file; <see langword="null"/> where it has operators that the counter does not know.</summary>
    public static async Task<GraphCost?> CountAsync(string graph)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-m", "posemodels", "flops", graph, "--json"])
        {
            WorkingDirectory = RepositoryRoot.Combine("models"),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize(output, BenchmarkJson.Default.GraphCost) : null;
    }
}
