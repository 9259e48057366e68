using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Core.Running;

/// <summary>Chooses the models that a job is run with, and says of them what its record keeps.</summary>
public sealed class JobModels(GeneratorCatalog installed, TargetLayouts layouts, IOptions<TransferOptions> options)
{
    /// <summary>The generator that a job asks for, with whatever else determines its images.</summary>
    /// <exception cref="RejectedException">It is not installed, is not able to, or is not the very model that is asked for.</exception>
    public JobGenerator Choose(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var generator = installed.Get(job.Request.Generator ?? options.Value.DefaultGenerator);
        var manifest = generator.Manifest;
        var abilities = GeneratorAbilities.Of(manifest);
        abilities.Require(job.Request);
        var layout = layouts.PredictorOf(job, manifest);
        var hash = HashOf(generator, layout);
        if (job.Request.ModelHash is { } wanted && wanted != hash)
        {
            throw new RejectedException(FailureCodes.ModelChanged, $"{Describe(manifest, layout)} not the one asked for: its hash is {hash}.");
        }

        return new(
            manifest.Name,
            manifest.Version,
            manifest.Width,
            manifest.Height,
            hash,
            generator.Variant,
            abilities.IsStochastic ? job.Seed : null,
            layout is null ? null : new(layout.Manifest.Name, layout.Manifest.Version, layout.ModelHash));
    }

    /// <summary>The generator of a job that was claimed.</summary>
    public IPoseGenerator GeneratorOf(JobRecord claimed)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return installed.Get(claimed.Generator!.Name);
    }

    private static string Describe(ModelManifest generator, ILayoutPredictor? layout) => layout is null
        ? $"The installed model '{generator.Name}' is"
        : $"The installed model '{generator.Name}', with '{layout.Manifest.Name}' for its layouts, is";

    // A pinned job must not be painted into maps of another model, so the two graphs count as one.
    private static string HashOf(IPoseGenerator generator, ILayoutPredictor? layout) => layout is null
        ? generator.ModelHash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{layout.ModelHash} {generator.ModelHash}")));
}
