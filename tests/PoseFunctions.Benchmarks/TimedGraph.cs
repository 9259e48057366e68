using System.Diagnostics;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>One graph of a model on ONNX Runtime, fed its recorded pair of inputs over and over.</summary>
internal sealed class TimedGraph : IDisposable
{
    /// <summary>Names the graph that runs once a photo, of generators that come as two.</summary>
    public const string Encoder = "encoder";

    private readonly ModelSession model;
    private readonly IReadOnlyDictionary<string, RecordedTensor> recorded;

    /// <param name="folder">Of the model, with its golden pair.</param>
    /// <param name="threads">Inside one operator.</param>
    /// <param name="graph">Which graph: <see cref="ModelVariant.Exact"/>, a variant, or <see cref="Encoder"/>.</param>
    public TimedGraph(string folder, int threads, string graph = ModelVariant.Exact)
    {
        var manifest = ManifestOf(folder, graph);
        model = graph == Encoder
            ? ModelSession.LoadExact(manifest, folder, BenchmarkSessions.Factory(threads))
            : ModelSession.Load(manifest, folder, BenchmarkSessions.Factory(threads, graph));
        Name = graph == Encoder ? Encoder : model.Variant;
        recorded = RecordedTensor.ReadAll(manifest.Golden!, folder);
    }

    public ModelManifest Manifest => model.Manifest;

    /// <summary>The graph that runs; another than asked for where the machine cannot run that.</summary>
    public string Name { get; }

    /// <summary>What describes a graph's inputs, outputs and file: the model's manifest, or that of its encoder.</summary>
    public static ModelManifest ManifestOf(string folder, string graph)
    {
        var manifest = ManifestReader.Read(folder);
        return graph == Encoder ? manifest.EncoderManifest()! : manifest;
    }

    /// <summary>Seconds of each of several runs.</summary>
    public IEnumerable<double> Run(int batch, int repeats)
    {
        var (inputs, outputs) = Bindings(batch);
        for (var run = 0; run < repeats; run++)
        {
            var started = Stopwatch.GetTimestamp();
            model.Session.Run(inputs, outputs, CancellationToken.None);
            yield return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    /// <summary>What it makes of the recorded inputs.</summary>
    public IReadOnlyDictionary<string, float[]> Outputs()
    {
        var (inputs, outputs) = Bindings((int)recorded[Manifest.Inputs[0].Name].Shape[0]);
        model.Session.Run(inputs, outputs, CancellationToken.None);
        return outputs.ToDictionary(output => output.Name, output => output.Data.ToArray());
    }

    /// <summary>The largest difference to the recorded outputs, which PyTorch gave.</summary>
    public double Difference() => Outputs().Max(output => output.Value.Zip(recorded[output.Key].Values, (found, wanted) => Math.Abs(found - wanted)).Max());

    public void Dispose() => model.Dispose();

    private (TensorBinding[] Inputs, TensorBinding[] Outputs) Bindings(int batch) => (
        [.. Manifest.Inputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), Tiled(recorded[tensor.Name].Values, tensor, batch)))],
        [.. Manifest.Outputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), new float[batch * tensor.ItemElements()]))]);

    /// <summary>The recorded pair of inputs, repeated to the batch.</summary>
    private static float[] Tiled(float[] recorded, TensorSpecification tensor, int batch)
    {
        var tiled = new float[batch * tensor.ItemElements()];
        for (var start = 0; start < tiled.Length; start += recorded.Length)
        {
            recorded.AsSpan(0, Math.Min(recorded.Length, tiled.Length - start)).CopyTo(tiled.AsSpan(start));
        }

        return tiled;
    }
}
