using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>Writes <c>docs/benchmarks/runtimes.md</c>.</summary>
internal static class RuntimeReport
{
    /// <summary>Measures all shipped models.</summary>
    /// <param name="threads">Inside one operator, of both runtimes.</param>
    /// <param name="rounds">Counted runs of each graph and batch.</param>
    /// <param name="conditions">What else ran on the machine, as a sentence.</param>
    public static async Task WriteAsync(int threads, int rounds, string conditions)
    {
        var table = new ModelTable(threads, rounds);
        var rows = new List<ModelRow>();
        foreach (var folder in Directory.GetDirectories(RepositoryRoot.Combine("models")).Order(StringComparer.Ordinal).Where(IsModel))
        {
            var measured = await table.RowsAsync(folder);
            rows.AddRange(measured);
            Console.WriteLine(string.Join('\n', measured.Select(row => row.ToMarkdown(table.Peak))));
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # ONNX Runtime against PyTorch

            Written by this command, from one run; do not edit by hand:

                dotnet run -c Release --project tests/PoseFunctions.Benchmarks -- runtimes {threads} {rounds}

            {Processor()}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}, threads a runtime: {threads}. {conditions}

            Every model that ships, at its native size. Each round runs the PyTorch module, the exact graph and the variants in turn;
            times are medians of {rounds} rounds. The exact graph has the module's weights: of generators random ones, exported at the start
            of the run, since their checkpoints do not ship; of the others the shipped ones. Variants are the shipped files, and PSNR is
            theirs against the shipped exact graph on the golden inputs. Of generators of two graphs, `encoder` runs once a photo and the
            others once an image; PyTorch's time is that of the same part of the module.

            GFLOP counts convolutions and matrix products, a multiplication and an addition being two, of the graph that ran and for the
            whole batch. The peak is {table.Peak / 1e9:0} GFLOP/s: the best of many products of two fp32 matrices of 2048 x 2048 on ONNX Runtime
            with the same threads, taken in the same run before each model; narrower numbers may pass it. Peak memory is what loading a
            session and running it add to a process that does nothing else.

            {ModelRow.Header}
            {string.Join('\n', rows.Select(row => row.ToMarkdown(table.Peak)))}

            {string.Join('\n', table.Remarks.Select(remark => $"* {remark}"))}

            """);
        await File.WriteAllTextAsync(RepositoryRoot.Combine("docs", "benchmarks", "runtimes.md"), text.ReplaceLineEndings("\n"));
    }

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ManifestReader.FileName));

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
}
