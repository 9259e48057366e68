using PoseFunctions.Inference.Native;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>Native views of bindings for the length of one run.</summary>
internal sealed class BoundTensors : IDisposable
{
    private readonly List<OrtValue> values = [];

    public BoundTensors(IReadOnlyList<TensorBinding> bindings)
    {
        Names = [.. bindings.Select(binding => OrtApi.PinnedUtf8(binding.Name))];
        try
        {
            foreach (var binding in bindings)
            {
                values.Add(OrtValue.OverMemory(binding.Data, binding.Shape.Span));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<byte[]> Names { get; }

    public IReadOnlyList<OrtValue> Values => values;

    public void Dispose() => values.ForEach(value => value.Dispose());
}
