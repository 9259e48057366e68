using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

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
            Options.Create(new InferenceOptions { IntraOpThreads = threads, AllowSpinning = true }), NullLogger<SessionFactory>.Instance);
        using var model = ModelSession.Load(manifest, peer.ModelFolder, factory);
        Console.WriteLine($"{peer.Description}, {manifest.Height}x{manifest.Width}, {threads} threads each");
        Console.WriteLine($"largest difference of an output value: {Difference(model):0.0e+0}");
        foreach (var batch in batches)
        {
            await PrintAsync(model, batch);
        }
    }

    private async Task PrintAsync(ModelSession model, int batch)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        var (inputs, outputs) = Bindings(model.Manifest, batch);
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
            $"batch {batch}: PyTorch {Median(theirs) * 1000:0.0} ms, ONNX Runtime {Median(ours) * 1000:0.0} ms, ratio {Median(theirs) / Median(ours):0.00}");
    }

    private double Difference(ModelSession model)
    {
        var (inputs, outputs) = Bindings(model.Manifest, batch: 2);
        model.Session.Run(inputs, outputs, CancellationToken.None);
        return outputs.Max(output => output.Data.ToArray().Zip(Recorded(model.Manifest, output.Name), (found, wanted) => Math.Abs(found - wanted)).Max());
    }

    private (TensorBinding[] Inputs, TensorBinding[] Outputs) Bindings(ModelManifest manifest, int batch) => (
        [.. manifest.Inputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), Tiled(manifest, tensor, batch)))],
        [.. manifest.Outputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(batch), new float[batch * tensor.ItemElements()]))]);

    /// <summary>The recorded pair of inputs, repeated to the batch.</summary>
    private float[] Tiled(ModelManifest manifest, TensorSpecification tensor, int batch)
    {
        var recorded = Recorded(manifest, tensor.Name);
        var tiled = new float[batch * tensor.ItemElements()];
        for (var start = 0; start < tiled.Length; start += recorded.Length)
        {
            recorded.AsSpan(0, Math.Min(recorded.Length, tiled.Length - start)).CopyTo(tiled.AsSpan(start));
        }

        return tiled;
    }

    private float[] Recorded(ModelManifest manifest, string name)
    {
        var golden = manifest.Golden!;
        var entry = golden.Tensors.Single(tensor => tensor.Name == name);
        var file = File.ReadAllBytes(Path.Combine(peer.ModelFolder, golden.File));
        return MemoryMarshal.Cast<byte, float>(file.AsSpan((int)entry.Offset))[..entry.Shape.Aggregate(1, (a, b) => a * b)].ToArray();
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
