namespace PoseFunctions.Benchmarks;

/// <summary>
/// Graphs on ONNX Runtime against the PyTorch module on the same inputs, all with the same number of threads, taking turns in
/// one run, so that whatever else the machine does meets all of them.
/// </summary>
/// <param name="peer">The module; <see langword="null"/> where there is none.</param>
/// <param name="part">Of the module, which the graphs compute.</param>
/// <param name="graphs">What runs on ONNX Runtime.</param>
internal sealed class RuntimeComparison(PyTorchPeer? peer, string part, IReadOnlyList<TimedGraph> graphs)
{
    public static readonly IReadOnlyList<int> Batches = [1, 4, 8];

    public async Task<BatchTime> MeasureAsync(int batch, int rounds)
    {
        var theirs = new List<double>();
        var ours = graphs.Select(_ => new List<double>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            var times = await RoundAsync(batch);
            if (round > 0)
            {
                // The first round plans memory and is not counted.
                theirs.AddRange(times.PyTorch);
                ours.Zip(times.OnnxRuntime).ToList().ForEach(pair => pair.First.Add(pair.Second));
            }
        }

        return new(batch, peer is null ? null : theirs.Percentile(50), [.. ours.Select(times => times.Percentile(50))]);
    }

    private async Task<(double[] PyTorch, double[] OnnxRuntime)> RoundAsync(int batch) =>
        (peer is null ? [] : await peer.RunAsync(part, batch, repeats: 1), [.. graphs.Select(graph => graph.Run(batch, repeats: 1).Single())]);
}
