using System.Globalization;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>Measures models in all their variants.</summary>
internal sealed class ModelTable(int threads, int rounds)
{
    private readonly List<string> remarks = [];

    /// <summary>What the reader must know of single rows.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>Operations a second of the machine at its best, measured before each model, so that no quiet moment goes unnoticed.</summary>
    public double Peak { get; private set; }

    /// <summary>The rows of one shipped model: the exact graph, then its variants.</summary>
    public async Task<IReadOnlyList<ModelRow>> RowsAsync(string folder)
    {
        var name = ManifestReader.Read(folder).Name;
        using var peer = await PeerAsync(name, folder);
        return await RowsAsync(name, peer, peer?.Ready.Folder ?? folder, folder);
    }

    /// <summary>The rows of one network of random weights, such as a published one in full size.</summary>
    public async Task<IReadOnlyList<ModelRow>> RowsAsync(string architecture, string network, string size)
    {
        using var peer = await PyTorchPeer.StartAsync(threads, "--architecture", architecture, "--network", network, "--size", size);
        return await RowsAsync(architecture, peer, peer.Ready.Folder, peer.Ready.Folder);
    }

    private async Task<IReadOnlyList<ModelRow>> RowsAsync(string name, PyTorchPeer? peer, string exactFolder, string folder)
    {
        Peak = Math.Max(Peak, MatrixPeak.Measure(threads));
        var graphs = new List<MeasuredGraph>();
        try
        {
            graphs.Add(await ExactAsync(name, exactFolder, folder, ModelVariant.Exact));
            graphs.AddRange(await VariantsAsync(folder, graphs[0].Cost));
            var rows = await RowsAsync(name, peer, PyTorchPeer.Model, graphs);
            if (ManifestReader.Read(folder).Encoder is null)
            {
                return rows;
            }

            using var encoder = await ExactAsync(name, exactFolder, folder, TimedGraph.Encoder);
            return [.. await RowsAsync(name, peer, TimedGraph.Encoder, [encoder]), .. rows];
        }
        finally
        {
            graphs.ForEach(graph => graph.Dispose());
        }
    }

    /// <summary>The rows of graphs that all compute the same part of a module.</summary>
    private async Task<IReadOnlyList<ModelRow>> RowsAsync(string name, PyTorchPeer? peer, string part, List<MeasuredGraph> graphs)
    {
        var rows = new List<ModelRow>();
        foreach (var batch in RuntimeComparison.Batches.Where(batch => graphs[0].Graph.Manifest.FixedBatch() is not { } only || only == batch))
        {
            var time = await new RuntimeComparison(peer, part, [.. graphs.Select(graph => graph.Graph)]).MeasureAsync(batch, rounds);
            foreach (var (graph, seconds) in graphs.Zip(time.OnnxRuntime))
            {
                rows.Add(await RowAsync(name, graph, time, seconds));
            }
        }

        return rows;
    }

    private async Task<ModelRow> RowAsync(string name, MeasuredGraph measured, BatchTime time, double seconds)
    {
        var graph = measured.Graph;
        var memory = await MemoryProbe.MeasureAsync(measured.Folder, graph.Name, time.Batch, threads);
        var size = $"{graph.Manifest.Height}x{graph.Manifest.Width}";
        return new(name, graph.Name, size, measured.Cost, time.Batch, time.PyTorch, seconds, memory, measured.Psnr);
    }

    private async Task<MeasuredGraph> ExactAsync(string model, string exactFolder, string folder, string graph)
    {
        var exact = new TimedGraph(exactFolder, threads, graph);
        var name = graph == TimedGraph.Encoder ? $"{model}'s encoder" : model;
        remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: largest difference of an output value to PyTorch's {exact.Difference():0.0e+0}"));
        var cost = await GraphCost.CountAsync(Path.Combine(exactFolder, exact.Manifest.File));
        var shipped = await GraphCost.CountAsync(Path.Combine(folder, TimedGraph.ManifestOf(folder, graph).File));
        if (shipped?.ProductFlops != cost?.ProductFlops)
        {
            remarks.Add($"{name}: the shipped graph computes {shipped?.ProductFlops / cost?.ProductFlops:0.00} times what this export does");
        }

        return new(exact, exactFolder, cost, null);
    }

    private async Task<List<MeasuredGraph>> VariantsAsync(string folder, GraphCost? exactCost)
    {
        using var exact = new TimedGraph(folder, threads);
        var graphs = new List<MeasuredGraph>();
        foreach (var variant in exact.Manifest.Variants ?? [])
        {
            var graph = new TimedGraph(folder, threads, variant.Name);
            if (graph.Name != variant.Name)
            {
                graph.Dispose();
                remarks.Add($"{exact.Manifest.Name}: {variant.Name} is not measured; it needs {string.Join(" and ", variant.Requires)}");
                continue;
            }

            var cost = await GraphCost.CountAsync(Path.Combine(folder, variant.File));
            graphs.Add(new(graph, folder, cost ?? exactCost, Likeness.Psnr(exact.Manifest.Outputs, exact.Outputs(), graph.Outputs())));
        }

        return graphs;
    }

    private async Task<PyTorchPeer?> PeerAsync(string name, string folder)
    {
        try
        {
            return await PyTorchPeer.StartAsync(threads, "--model", folder);
        }
        catch (InvalidOperationException)
        {
            remarks.Add($"{name}: there is no PyTorch module to compare with");
            return null;
        }
    }
}
