using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.People;

/// <summary>A model that looks at one photo at a time, on the buffers it was made with.</summary>
internal sealed class PhotoModel : IDisposable
{
    private readonly ModelSession model;
    private readonly TensorBinding[] inputs;
    private readonly TensorBinding[] outputs;

    /// <param name="model">The session; disposed with this.</param>
    public PhotoModel(ModelSession model)
    {
        this.model = model;
        var batch = Manifest.FixedBatch() ?? 1;
        inputs = [.. Manifest.Inputs.Select(tensor => Allocate(tensor, batch))];
        outputs = [.. Manifest.Outputs.Select(tensor => Allocate(tensor, batch))];
    }

    public ModelManifest Manifest => model.Manifest;

    /// <summary>The memory of an input for the one photo, to be filled before each run.</summary>
    public Span<float> Input(TensorSpecification tensor) => Of(inputs, tensor).Span;

    /// <summary>Runs; the outputs stay readable until the next run.</summary>
    public void Run(CancellationToken cancellationToken) => model.Session.Run(inputs, outputs, cancellationToken);

    /// <summary>The values of an output for the one photo.</summary>
    public ReadOnlyMemory<float> Output(TensorSpecification tensor) => Of(outputs, tensor);

    /// <summary>The values of the one output with a role.</summary>
    public ReadOnlyMemory<float> Output(string role) => Output(Manifest.Outputs.WithRole(role));

    public void Dispose() => model.Dispose();

    private static Memory<float> Of(TensorBinding[] tensors, TensorSpecification wanted) =>
        tensors.Single(tensor => tensor.Name == wanted.Name).Data[..wanted.ItemElements()];

    private static TensorBinding Allocate(TensorSpecification tensor, int batch) =>
        new(tensor.Name, tensor.ForBatch(batch), GC.AllocateArray<float>(batch * tensor.ItemElements(), pinned: true));
}
