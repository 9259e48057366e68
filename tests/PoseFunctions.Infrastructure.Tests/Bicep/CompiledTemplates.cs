using System.Text.Json.Nodes;
using PoseFunctions.Infrastructure.Tests.Arm;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>The repository's templates, compiled once, and what would be deployed with them.</summary>
public sealed class CompiledTemplates : IAsyncLifetime
{
    /// <summary>What the compiler says about templates and parameter files.</summary>
    internal IReadOnlyList<BicepFinding> Findings { get; private set; } = [];

    /// <summary><c>main.bicep</c> with all its modules.</summary>
    public ArmTemplate Main { get; private set; } = null!;

    /// <summary><c>uploads-subscription.bicep</c> with its module.</summary>
    public ArmTemplate Subscription { get; private set; } = null!;

    /// <summary>A first deployment, to try.</summary>
    public Deployment Dev { get; private set; } = null!;

    /// <summary>A first deployment, for customers.</summary>
    public Deployment Prod { get; private set; } = null!;

    /// <summary>A later one, with everything that is optional.</summary>
    public Deployment Everything { get; private set; } = null!;

    /// <summary>All three.</summary>
    public IReadOnlyList<Deployment> Deployments => [Dev, Prod, Everything];

    public async ValueTask InitializeAsync()
    {
        using var copies = new InfraFolder();
        var folder = copies.Copy();
        var cancel = CancellationToken.None;
        Findings =
        [
            .. await BicepCompiler.BuildAsync(folder, "**/*.bicep", cancel),
            .. await BicepCompiler.BuildParametersAsync(folder, "parameters/*.bicepparam", cancel),
        ];
        Main = ArmTemplate.Read(Path.Combine(folder, "main.json"));
        Subscription = ArmTemplate.Read(Path.Combine(folder, "uploads-subscription.json"));
        Dev = await PredictAsync("dev", DeploymentEnvironment.Needed);
        Prod = await PredictAsync("prod", DeploymentEnvironment.Needed);
        Everything = await PredictAsync("prod", DeploymentEnvironment.Everything);

        async Task<Deployment> PredictAsync(string parameters, IReadOnlyDictionary<string, string> environment) => new(JsonNode.Parse(
            await File.ReadAllTextAsync(await BicepCompiler.PredictAsync(folder, $"parameters/{parameters}.bicepparam", environment, cancel), cancel))!);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
