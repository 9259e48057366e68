using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>
/// The exported graph on ONNX Runtime against the PyTorch module on the same weights and inputs, both with the same number of
/// threads, taking turns in one run. Before anything is timed, the outputs are compared.
/// </summary>
internal sealed class RuntimeComparison(PyTorchPeer peer, int threads)
{
    private const int Rounds = 5;

    public async Task PrintAsync(IReadOnlyList<int> batches)
    {
        var manifest = ManifestReader.Read(peer.ModelFolder);
        var factory = new SessionFactory(
            Options.Create(new InferenceOptions { IntraOpThreads = threads, AllowSpinning = true }),
            Options.Create(new BatchingOptions()),
            NullLogger<SessionFactory>.Instance);
        using var model = ModelSession.Load(manifest, peer.ModelFolder, factory);
        var recorded = RecordedTensor.ReadAll(manifest.Golden!, peer.ModelFolder);
        Console.WriteLine($"{peer.Description}, {manifest.Height}x{manifest.Width}, {threads} threads each");
        Console.WriteLine($"largest difference of an output value: {Difference(model, recorded):0.0e+0}");
        foreach (var batch in batches)
        {
            await PrintAsync(model, recorded, batch);
        }
    }

    private async Task PrintAsync(ModelSession model, IReadOnlyDictionary<string, RecordedTensor> recorded, int batch)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        var (inputs, outputs) = Bindings(model.Manifest, recorded, batch);
        await peer.RunAsync(batch, repeats: 1);
        model.Session.Run(inputs, outputs, CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            theirs.AddRange(await peer.RunAsync(batch, repeats: 1));
            var started = Stopwatch.GetTimestamp();
            model.Session.Run(inputs, outputs, CancellationToken.None);
            ours.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Console.WriteLine(
            $"batch {batch}: PyTorch {theirs.Percentile(50) * 1000:0.0} ms, ONNX Runtime {ours.Percentile(50) * 1000:0.0} ms, ratio {theirs.Percentile(50) / ours.Percentile(50):0.00}");
    }

    private static double Difference(ModelSession model, IReadOnlyDictionary<string, RecordedTensor> recorded)
    {
        var (inputs, outputs) = Bindings(model.Manifest, recorded, batch: 2);
        model.Session.Run(inputs, outputs, CancellationToken.None);
        return outputs.Max(output => output.Data.ToArray().Zip(recorded[output.Name].Values, (found, wanted) => Math.Abs(found - wanted)).Max());
    }

    private static (TensorBinding[] Inputs, TensorBinding[] Outputs) Bindings(
        ModelManifest manifest, IReadOnlyDictionary<string, RecordedTensor> recorded, int batch) => (
        [.. manifest.Inputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), Tiled(recorded[tensor.Name].Values, tensor, batch)))],
        [.. manifest.Outputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), new float[batch * tensor.ItemElements()]))]);

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
