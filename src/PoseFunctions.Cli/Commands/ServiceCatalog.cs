using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Commands;

/// <summary>What requests may name at a service: its poses and generators.</summary>
internal sealed class ServiceCatalog
{
    private const string PoseTransfer = "poseTransfer";
    private const string SubjectTransfer = "subjectTransfer";
    private const string SeveralSources = "severalSources";

    private readonly IReadOnlyList<ModelView> generators;

    private ServiceCatalog(IReadOnlyList<PoseView> poses, IEnumerable<ModelView> models) =>
        (Poses, generators) = (poses, [.. models.Where(model => model.Kind == ModelKind.Generator)]);

    public IReadOnlyList<PoseView> Poses { get; }

    /// <summary>Names of the generators that render target poses.</summary>
    public IReadOnlyList<string> PoseGenerators => GeneratorsFor(PoseTransfer);

    public static async Task<ServiceCatalog> ReadAsync(PoseFunctionsClient client, CancellationToken cancellationToken) =>
        new(await client.ListPosesAsync(cancellationToken), await client.ListModelsAsync(cancellationToken));

    /// <summary>Refuses a request that the service would refuse for every photo alike, before any photo is sent.</summary>
    /// <exception cref="UsageException">The service has no such pose, or no such generator, or the generator cannot do what is wanted.</exception>
    public void Require(TransferRequest request)
    {
        Require("pose", "", request.Targets.Select(target => target.Pose), [.. Poses.Select(pose => pose.Name)]);
        var (purpose, ability) = request.Scene is null ? (" for target poses", PoseTransfer) : (" for scenes", SubjectTransfer);
        Require("generator", purpose, [request.Generator], GeneratorsFor(ability));
        if (request.Sources.Count > 0)
        {
            Require("generator", " for several photos of a person", [request.Generator], GeneratorsFor(SeveralSources));
        }
    }

    private static void Require(string what, string purpose, IEnumerable<string?> wanted, IReadOnlyList<string> known)
    {
        if (wanted.FirstOrDefault(name => name is not null && !known.Contains(name)) is { } unknown)
        {
            throw new UsageException($"The service has no {what} '{unknown}'{purpose}; it has: {string.Join(", ", known)}.");
        }
    }

    private string[] GeneratorsFor(string ability) => [.. generators.Where(model => model.Can.Contains(ability)).Select(model => model.Name)];
}
