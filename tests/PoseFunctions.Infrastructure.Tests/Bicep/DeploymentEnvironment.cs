namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Variables that azd hands to parameter files.</summary>
internal static class DeploymentEnvironment
{
    /// <summary>Those that have no default.</summary>
    public static IReadOnlyDictionary<string, string> Needed { get; } = new Dictionary<string, string>
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "westeurope",
        ["OPERATOR_EMAIL"] = "operator@example.com",
        ["BUDGET_START"] = "2026-01-01",
    };

    /// <summary>And those with which everything that is optional is there: a second deployment, of the large GPU, in a network of its own.</summary>
    public static IReadOnlyDictionary<string, string> Everything { get; } = new Dictionary<string, string>(Needed)
    {
        ["GPU_PROFILE"] = "Consumption-GPU-NC24-A100",
        ["METRICS_ENDPOINT"] = "https://collector.example.com",
        ["PRIVATE_NETWORK"] = "true",
        ["SERVICE_WORKER_RESOURCE_EXISTS"] = "true",
    };
}
