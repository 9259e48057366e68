using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Arm;

/// <summary>One of the two apps, as it would be deployed.</summary>
public sealed record ContainerApp(JsonNode Json)
{
    public string Name => Json.Text("name");

    /// <summary>Its settings, in order; what only Azure knows is an expression in brackets.</summary>
    public IReadOnlyDictionary<string, string> Settings => Container.Items("env").ToDictionary(entry => entry.Text("name"), entry => entry.Text("value"));

    public JsonNode Scale => Template["scale"]!;

    private JsonNode Template => Json["properties"]!["template"]!;

    private JsonNode Container => Template.Items("containers").Single();

    /// <summary>How long a probe gives the container before it counts as failed.</summary>
    /// <param name="type">Such as <c>Startup</c>.</param>
    public TimeSpan PatienceOf(string type)
    {
        var probe = Container.Items("probes").Single(probe => probe.Text("type") == type);
        return TimeSpan.FromSeconds(probe["periodSeconds"]!.GetValue<int>() * probe["failureThreshold"]!.GetValue<int>());
    }
}
