using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Generation;

/// <summary>What a generator needs and can do, as its manifest tells.</summary>
public sealed class GeneratorAbilities
{
    private readonly string name;

    private GeneratorAbilities(ModelManifest manifest)
    {
        name = manifest.Name;
        Needs = [.. (manifest.Encoder?.Inputs ?? []).Concat(manifest.Inputs).Select(input => input.Role).Where(role => role != TensorRoles.Latents).Distinct()];
        TellsFlow = manifest.Outputs.Any(output => output.Role == TensorRoles.Flow);
        var isGenerator = manifest.Kind == ModelKind.Generator;
        CanTransferPoses = isGenerator && (NeedsTargetParsing || Needs.Contains(TensorRoles.TargetPose));
        CanTransferSubjects = isGenerator && NeedsTargetParsing && manifest.Encoder is { BackgroundLatents: > 0 };
    }

    /// <summary>Roles of the inputs, of both graphs where there are two.</summary>
    public IReadOnlyList<string> Needs { get; }

    /// <summary>Whether it renders the person of a photo in another pose.</summary>
    public bool CanTransferPoses { get; }

    /// <summary>Whether it renders the person of one photo in the pose and the scene of another.</summary>
    public bool CanTransferSubjects { get; }

    /// <summary>Whether it takes several photos of one person: what each of them shows must be known.</summary>
    public bool TakesSeveralSources => CanTransferPoses && TellsFlow;

    /// <summary>Whether its images depend on a seed.</summary>
    public bool IsStochastic => Needs.Contains(TensorRoles.Noise);

    /// <summary>Whether it is fed a parsing map of the source image.</summary>
    public bool NeedsSourceParsing => Needs.Contains(TensorRoles.SourceParsing);

    /// <summary>Whether it is fed a parsing map of the image that shall be.</summary>
    public bool NeedsTargetParsing => Needs.Contains(TensorRoles.TargetParsing);

    /// <summary>Whether it tells where the surface of the generated person comes from.</summary>
    public bool TellsFlow { get; }

    /// <summary>Whether it is fed any parsing map.</summary>
    public bool NeedsParsing => NeedsSourceParsing || NeedsTargetParsing;

    /// <summary>What a model can do.</summary>
    public static GeneratorAbilities Of(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new(manifest);
    }

    /// <summary>Refuses a request that this generator cannot fulfil.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.GeneratorUnsuitable"/>.</exception>
    public void Require(TransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Scene is not null && !CanTransferSubjects)
        {
            throw Unsuitable("cannot put a person into another photo's scene");
        }

        if (request.Scene is null && !CanTransferPoses)
        {
            throw Unsuitable("cannot render target poses");
        }

        if (request.Sources.Count > 0 && !TakesSeveralSources)
        {
            throw Unsuitable("does not tell what a photo shows of a pose, and takes one photo of a person, no sources");
        }

        if (request.MinCoverage is not null && !TellsFlow)
        {
            throw Unsuitable("does not tell what the photo shows of a pose, and takes no minCoverage");
        }

        if (request.Seed is not null && !IsStochastic)
        {
            throw Unsuitable("draws no noise and takes no seed");
        }
    }

    private RejectedException Unsuitable(string problem) =>
        new(FailureCodes.GeneratorUnsuitable, $"The generator '{name}' {problem}.");
}
