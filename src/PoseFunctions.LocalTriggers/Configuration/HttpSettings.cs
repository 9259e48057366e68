namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary><c>extensions.http</c>.</summary>
internal sealed record HttpSettings
{
    /// <summary>What every route starts with; may be empty.</summary>
    public string RoutePrefix { get; set; } = "api";
}
