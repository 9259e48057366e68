using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>The library's tensors over the memory of bindings, which is pinned meanwhile; nothing is copied.</summary>
internal sealed class BoundTensors : IDisposable
{
    private readonly List<OrtValue> values = [];

    /// <exception cref="OnnxRuntimeException">Memory is shorter than its shape.</exception>
    public BoundTensors(IReadOnlyList<TensorBinding> bindings)
    {
        Names = [.. bindings.Select(binding => binding.Name)];
        try
        {
            foreach (var binding in bindings)
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, binding.Data, binding.Shape.ToArray()));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<OrtValue> Values => values;

    public void Dispose() => values.ForEach(value => value.Dispose());
}
