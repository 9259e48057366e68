using System.Text.Json.Nodes;

namespace PoseFunctions.Infrastructure.Tests.Arm;

/// <summary>A resource that a compiled template deploys, or only looks at.</summary>
public sealed record ArmResource(JsonNode Json)
{
    public string Type => Json.Text("type");

    public string ApiVersion => Json.Text("apiVersion");

    public override string ToString() => $"{Type} '{Json.Text("name")}'";
}
