namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>A request runs the function.</summary>
/// <param name="Parameter">Name of the parameter that gets the request.</param>
/// <param name="Route">Route template without the app's prefix.</param>
/// <param name="Methods">HTTP methods in upper case; none for all.</param>
/// <param name="Level">Which key opens it.</param>
internal sealed record HttpTriggerBinding(string Parameter, string Route, IReadOnlyList<string> Methods, AccessLevel Level)
    : TriggerBinding(Parameter);
