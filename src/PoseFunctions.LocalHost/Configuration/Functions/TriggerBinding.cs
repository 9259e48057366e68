namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>What runs a function.</summary>
/// <param name="Parameter">Name of the parameter that gets the trigger's value.</param>
internal abstract record TriggerBinding(string Parameter);
