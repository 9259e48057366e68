using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Arm;

/// <summary>
/// What a deployment would create, as the compiler works it out: loops, conditions and names are resolved; what only Azure knows is
/// left as an expression in brackets.
/// </summary>
/// <param name="Snapshot">As the compiler writes it.</param>
public sealed record Deployment(JsonNode Snapshot)
{
    /// <summary>The container app of a service.</summary>
    /// <param name="service"><c>api</c> or <c>worker</c>.</param>
    public ContainerApp App(string service) =>
        new(Of("Microsoft.App/containerApps").Single(app => app.Text("tags", "azd-service-name") == service));

    /// <summary>Everything of a type.</summary>
    public IEnumerable<JsonNode> Of(string type) => Snapshot.Items("predictedResources").Where(resource => resource.Text("type") == type);

    /// <summary>Names of everything of a type, without those of what it is in.</summary>
    /// <param name="type">Such as <c>Microsoft.Storage/storageAccounts/queueServices/queues</c>.</param>
    /// <param name="parent">Beginning of the name of what it is in.</param>
    public IEnumerable<string> NamesOf(string type, string parent) =>
        from resource in Of(type)
        let name = resource.Text("name")
        where name.StartsWith(parent, StringComparison.Ordinal)
        select name[(name.LastIndexOf('/') + 1)..];
}
