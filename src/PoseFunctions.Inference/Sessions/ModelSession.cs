using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;

namespace PoseFunctions.Inference.Sessions;

/// <summary>The one session of a model, checked against its manifest.</summary>
public sealed class ModelSession : IDisposable
{
    private ModelSession(ModelManifest manifest, OnnxSession session)
    {
        Manifest = manifest;
        Session = session;
    }

    public ModelManifest Manifest { get; }

    public OnnxSession Session { get; }

    /// <summary>Verifies the graph file, loads it and verifies the session.</summary>
    /// <exception cref="ManifestMismatchException">Manifest, file and session do not fit together.</exception>
    public static ModelSession Load(ModelManifest manifest, string folder, SessionFactory factory)
    {
        ManifestReader.VerifyFile(manifest, folder);
        var session = factory.Load(Path.Combine(folder, manifest.File));
        try
        {
            ManifestReader.VerifySession(manifest, session);
            return new ModelSession(manifest, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs once with zeros, so that memory is planned and kernels are chosen before the first job.</summary>
    public void WarmUp(int batch, CancellationToken cancellationToken)
    {
        TensorBinding[] inputs = [.. Manifest.Inputs.Select(tensor => Zeros(tensor, batch))];
        TensorBinding[] outputs = [.. Manifest.Outputs.Select(tensor => Zeros(tensor, batch))];
        Session.Run(inputs, outputs, cancellationToken);
    }

    public void Dispose() => Session.Dispose();

    private static TensorBinding Zeros(TensorSpecification tensor, int batch) =>
        new(tensor.Name, tensor.ForBatch(batch), new float[batch * tensor.ItemElements()]);
}
