using PoseFunctions.Inference.Native;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>Tensors of one batch size that stay on the device, at the same addresses from run to run.</summary>
internal sealed class BoundRun : IDisposable
{
    private readonly OrtIoBinding binding;
    private readonly List<OrtValue> inputs = [];
    private readonly List<OrtValue> outputs = [];
    private readonly string[] names;

    public BoundRun(OrtSession session, OrtAllocator allocator, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs)
    {
        binding = new(session);
        names = Names(inputs, outputs);
        try
        {
            foreach (var input in inputs)
            {
                this.inputs.Add(OrtValue.Allocate(allocator, input.Shape.Span));
                binding.BindInput(input.Name, this.inputs[^1]);
            }

            foreach (var output in outputs)
            {
                this.outputs.Add(OrtValue.Allocate(allocator, output.Shape.Span));
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
        OrtSession session, OrtRunOptions options, DeviceMemory memory, IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs)
    {
        foreach (var (input, tensor) in inputs.Zip(this.inputs))
        {
            memory.CopyIn(input.Data.Span, tensor.Address);
        }

        binding.SynchronizeInputs();
        session.Run(options, binding);
        binding.SynchronizeOutputs();
        foreach (var (output, tensor) in outputs.Zip(this.outputs))
        {
            memory.CopyOut(tensor.Address, output.Data.Span);
        }
    }

    public void Dispose()
    {
        binding.Dispose();
        inputs.Concat(outputs).ToList().ForEach(tensor => tensor.Dispose());
    }

    private static string[] Names(IReadOnlyList<TensorBinding> inputs, IReadOnlyList<TensorBinding> outputs) =>
        [.. inputs.Concat(outputs).Select(tensor => $"{tensor.Name}:{string.Join('x', tensor.Shape.ToArray())}")];
}
