using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Arm;

/// <summary>A compiled template: what Azure is given.</summary>
/// <param name="Json">The template; those of its modules are inside.</param>
public sealed record ArmTemplate(JsonNode Json)
{
    private const string Module = "Microsoft.Resources/deployments";

    /// <summary>Names of its parameters.</summary>
    public IEnumerable<string> Parameters => Json["parameters"]!.AsObject().Select(parameter => parameter.Key);

    /// <summary>Names of its outputs.</summary>
    public IEnumerable<string> Outputs => Json["outputs"]!.AsObject().Select(output => output.Key);

    /// <summary>Its resources and those of all its modules.</summary>
    public IEnumerable<ArmResource> Resources =>
        Own.Where(resource => resource.Type != Module).Concat(Modules.SelectMany(module => module.Resources));

    /// <summary>Every right that is given to somebody.</summary>
    public IEnumerable<ArmGrant> Grants =>
        from module in Own
        from grant in module.Json.Items("properties", "parameters", "grants", "value")
        select new ArmGrant(grant.Text("role"), grant.Text("reason"));

    private IEnumerable<ArmTemplate> Modules =>
        from module in Own where module.Type == Module select new ArmTemplate(module.Json["properties"]!["template"]!);

    // By symbolic names since version 2 of the language, else in a list.
    private IEnumerable<ArmResource> Own => Json["resources"] is JsonObject named
        ? named.Select(resource => new ArmResource(resource.Value!))
        : Json.Items("resources").Select(resource => new ArmResource(resource));

    public static ArmTemplate Read(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    /// <summary>The parameters that a module gets.</summary>
    /// <param name="name">Name of the module's deployment.</param>
    public JsonNode Passed(string name) => Own.Single(module => module.Json.Text("name") == name).Json["properties"]!["parameters"]!;
}
