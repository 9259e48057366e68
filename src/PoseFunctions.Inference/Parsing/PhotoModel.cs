using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Parsing;

/// <summary>A model that looks at a region of a photo. One run at a time, on the buffers it was made with.</summary>
internal sealed class PhotoModel : IDisposable
{
    private readonly ModelSession model;
    private readonly PhotoSampler sampler;
    private readonly TensorBinding[] inputs;
    private readonly TensorBinding[] outputs;

    public PhotoModel(ModelSession model)
    {
        this.model = model;
        var batch = Manifest.FixedBatch() ?? 1;
        var image = Manifest.Inputs.WithRole(TensorRoles.Image);

        // Square crops were trained with black around the photo; a letterboxed studio photo is best continued.
        sampler = new(Manifest.NativeSize, new PixelNormalizer(image.Mean!, image.Std!), Manifest.Fit == PhotoFit.PersonSquare ? (byte)0 : null);
        inputs = [.. Manifest.Inputs.Select(tensor => Allocate(tensor, batch))];
        outputs = [.. Manifest.Outputs.Select(tensor => Allocate(tensor, batch))];
    }

    public ModelManifest Manifest => model.Manifest;

    /// <summary>Runs on one region; the outputs stay readable until the next run.</summary>
    public void Run(RgbImage photo, PhotoRegion region, CancellationToken cancellationToken)
    {
        sampler.Sample(photo, region, inputs[0].Data.Span[..Manifest.Inputs[0].ItemElements()]);
        model.Session.Run(inputs, outputs, cancellationToken);
    }

    /// <summary>The output with a role: its values for the one photo, and the size of its planes.</summary>
    public (ReadOnlyMemory<float> Values, int Channels, ImageSize Size) Output(string role)
    {
        var tensor = Manifest.Outputs.WithRole(role);
        var axes = tensor.Axes();
        var values = outputs.Single(output => output.Name == tensor.Name).Data[..tensor.ItemElements()];
        return (values, (int)axes[1].Size, new((int)axes[3].Size, (int)axes[2].Size));
    }

    public void Dispose() => model.Dispose();

    private static TensorBinding Allocate(TensorSpecification tensor, int batch) =>
        new(tensor.Name, tensor.ForBatch(batch), GC.AllocateArray<float>(batch * tensor.ItemElements(), pinned: true));
}
