using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>Tensors of one batch size that stay on the device, at the same addresses from run to run.</summary>
internal sealed class BoundRun : IDisposable
{
    private readonly OrtIoBinding binding;
    private readonly List<OrtValue> inputs = [];
    private readonly List<OrtValue> outputs = [];
    private readonly string[] names;

    public BoundRun(InferenceSession session, DeviceMemory memory, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs)
    {
        binding = session.CreateIoBinding();
        names = Names(inputs, outputs);
        try
        {
            foreach (var input in inputs)
            {
                this.inputs.Add(memory.Allocate(input.Shape.ToArray()));
                binding.BindInput(input.Name, this.inputs[^1]);
            }

            foreach (var output in outputs)
            {
                this.outputs.Add(memory.Allocate(output.Shape.ToArray()));
                binding.BindOutput(output.Name, this.outputs[^1]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether these are the tensors that were bound, by name and size.</summary>
    public bool Fits(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs) => names.SequenceEqual(Names(inputs, outputs));

    /// <summary>Copies the inputs in, runs, and copies the outputs out. One at a time.</summary>
    public void Run(
        InferenceSession session, RunOptions options, DeviceMemory memory, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs)
    {
        using var given = new BoundTensors(inputs);
        using var wanted = new BoundTensors(outputs);
        memory.Copy(given.Values, this.inputs);
        binding.SynchronizeBoundInputs();
        session.RunWithBinding(options, binding);
        binding.SynchronizeBoundOutputs();
        memory.Copy(this.outputs, wanted.Values);
    }

    public void Dispose()
    {
        binding.Dispose();
        inputs.Concat(outputs).ToList().ForEach(tensor => tensor.Dispose());
    }

    private static string[] Names(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs) =>
        [.. inputs.Concat(outputs).Select(tensor => $"{tensor.Name}:{string.Join('x', tensor.Shape.ToArray())}")];
}
