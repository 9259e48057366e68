using System.Diagnostics;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>
/// A model's graph and nothing around it: one item of the inputs' sizes, whose values do not change how long convolutions take.
/// </summary>
internal sealed class BareGraph : IDisposable
{
    private readonly ModelSession session;
    private readonly TensorBinding[] inputs;
    private readonly TensorBinding[] outputs;

    public BareGraph(ModelManifest manifest, string folder, SessionFactory factory)
    {
        session = ModelSession.Load(manifest, folder, factory);
        var random = new Random(1);
        inputs = [.. manifest.Inputs.Select(tensor => Tensor(tensor, random.NextSingle))];
        outputs = [.. manifest.Outputs.Select(tensor => Tensor(tensor, () => 0))];
        Run(CancellationToken.None);
    }

    public ModelManifest Manifest => session.Manifest;

    /// <summary>Milliseconds of one run.</summary>
    public double Run(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        session.Session.Run(inputs, outputs, cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose() => session.Dispose();

    private static TensorBinding Tensor(TensorSpecification tensor, Func<float> value)
    {
        var values = new float[tensor.ItemElements()];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = value();
        }

        return new(tensor.Name, tensor.ForBatch(1), values);
    }
}
