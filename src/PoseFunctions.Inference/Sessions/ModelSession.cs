using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Variants;

namespace PoseFunctions.Inference.Sessions;

/// <summary>The one session of a model, checked against its manifest.</summary>
public sealed class ModelSession : IDisposable
{
    private ModelSession(ModelManifest manifest, ModelVariant? variant, OnnxSession session)
    {
        Manifest = manifest;
        Session = session;
        Variant = variant?.Name ?? ModelVariant.Exact;
        GraphSha256 = variant?.Sha256 ?? manifest.Sha256;
    }

    public ModelManifest Manifest { get; }

    public OnnxSession Session { get; }

    /// <summary>Name of the variant that runs, or <see cref="ModelVariant.Exact"/>.</summary>
    public string Variant { get; }

    /// <summary>SHA-256 of the graph file that runs, lower-case hex.</summary>
    public string GraphSha256 { get; }

    /// <summary>
    /// Verifies the graph file, loads it and verifies the session. A variant that fails any of this is refused, and the exact
    /// graph runs in its place.
    /// </summary>
    /// <exception cref="ManifestMismatchException">Manifest, file and session do not fit together.</exception>
    public static ModelSession Load(ModelManifest manifest, string folder, SessionFactory factory)
    {
        while (true)
        {
            var provider = factory.Selection.Active;
            var (choice, session) = Open(manifest, folder, factory, factory.Choose(manifest));
            if (factory.Selection.Active == provider)
            {
                factory.Report(manifest, choice);
                return new(manifest, choice.Variant, session);
            }

            session.Dispose(); // the provider fell back on the way, and another variant may suit the new one
        }
    }

    /// <summary>
    /// The same of the exact graph, whatever precision is asked for: an encoder has no variants, since its latents are kept
    /// and one run a photo is not worth a difference in them.
    /// </summary>
    /// <exception cref="ManifestMismatchException">Manifest, file and session do not fit together.</exception>
    public static ModelSession LoadExact(ModelManifest manifest, string folder, SessionFactory factory)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new(manifest, null, Open(manifest, folder, manifest.File, manifest.Sha256, factory));
    }

    /// <summary>Runs once with zeros, so that memory is planned and kernels are chosen before the first job.</summary>
    public void WarmUp(int batch, CancellationToken cancellationToken)
    {
        TensorBinding[] inputs = [.. Manifest.Inputs.Select(tensor => Zeros(tensor, batch))];
        TensorBinding[] outputs = [.. Manifest.Outputs.Select(tensor => Zeros(tensor, batch))];
        Session.Run(inputs, outputs, cancellationToken);
    }

    public void Dispose() => Session.Dispose();

    private static (VariantChoice Choice, OnnxSession Session) Open(ModelManifest manifest, string folder, SessionFactory factory, VariantChoice choice)
    {
        if (choice.Variant is { } variant)
        {
            try
            {
                return (choice, Open(manifest, folder, variant.File, variant.Sha256, factory));
            }
            catch (Exception failure) when (failure is ManifestMismatchException or InferenceException)
            {
                choice = new(null, failure.Message.TrimEnd('.'));
            }
        }

        return (choice, Open(manifest, folder, manifest.File, manifest.Sha256, factory));
    }

    private static OnnxSession Open(ModelManifest manifest, string folder, string file, string sha256, SessionFactory factory)
    {
        var path = Path.Combine(folder, file);
        ManifestReader.VerifyFile(path, sha256);
        var session = factory.Load(path, manifest);
        try
        {
            ManifestReader.VerifySession(manifest, session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static TensorBinding Zeros(TensorSpecification tensor, int batch) =>
        new(tensor.Name, tensor.ForBatch(batch), new float[batch * tensor.ItemElements()]);
}
